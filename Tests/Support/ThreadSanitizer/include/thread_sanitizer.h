// Tells ThreadSanitizer of a lock that it cannot see. Nothing is to be called; being linked is enough.
#pragma once
