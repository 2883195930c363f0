/* The whole library as one object whose only globals are the public names. COFF has no hidden
   visibility, and making names local in a finished object would break Control Flow Guard's tables,
   which count symbols. */

#include "win32/native.c"

#include "win32/bootstrap_codec.c"
#include "win32/bootstrap_objects.c"
#include "win32/bootstrap_options.c"
#include "win32/missing_error.c"
