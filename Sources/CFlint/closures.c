// Calls whose convention depends on the number of arguments, which Swift cannot spell.
#include "CFlintRuntime.h"

const void *flint_metadata_of_nominal(const void *accessor, const void *const *arguments, size_t count) {
  typedef flint_metadata_response response;
  typedef const void *argument;
  const size_t complete = 0;
  switch (count) {
    case 0: return ((response (*)(size_t))accessor)(complete).metadata;
    case 1: return ((response (*)(size_t, argument))accessor)(complete, arguments[0]).metadata;
    case 2: return ((response (*)(size_t, argument, argument))accessor)(complete, arguments[0], arguments[1]).metadata;
    case 3:
      return ((response (*)(size_t, argument, argument, argument))accessor)(complete, arguments[0], arguments[1],
                                                                            arguments[2])
          .metadata;
    // More than three are passed as an array.
    default: return ((response (*)(size_t, const void *))accessor)(complete, arguments).metadata;
  }
}
