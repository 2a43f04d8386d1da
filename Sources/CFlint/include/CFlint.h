// What Swift cannot say by itself: checksums on hardware instructions, system calls without a libc name, macros.
#pragma once
#include "CFlintSystem.h"
