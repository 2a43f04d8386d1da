#include "CFlintSimulation.h"
