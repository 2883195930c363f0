# Kerberos through GSSAPI: AUTO takes MIT's or Heimdal's library when one is there, ON insists on one,
# MIT and HEIMDAL on that one. Sets MIC_GSSAPI_VARIANT (mit, heimdal, none), MIC_GSSAPI_MODULES
# (for pkg-config) and MIC_GSSAPI_LIBRARIES.
set(MIC_GSSAPI AUTO CACHE STRING "Kerberos and Negotiate through GSSAPI: AUTO, ON, OFF, MIT or HEIMDAL")
set_property(CACHE MIC_GSSAPI PROPERTY STRINGS AUTO ON OFF MIT HEIMDAL)
set(MIC_GSSAPI_VARIANT none)
set(MIC_GSSAPI_MODULES)
set(MIC_GSSAPI_LIBRARIES)

if(MIC_GSSAPI)
  find_package(PkgConfig)
  # Debian's names first: the plain ones belong to whichever -dev package was installed last.
  foreach(candidate "mit|mit-krb5-gssapi|mit-krb5" "mit|krb5-gssapi|krb5"
                    "heimdal|heimdal-gssapi|heimdal-krb5")
    string(REPLACE "|" ";" candidate ${candidate})
    list(POP_FRONT candidate variant)
    string(TOUPPER ${variant} name)
    if(NOT PKG_CONFIG_FOUND OR TARGET PkgConfig::MIC_GSSAPI OR
       (MIC_GSSAPI MATCHES "^(MIT|HEIMDAL)$" AND NOT MIC_GSSAPI STREQUAL name))
      continue()
    endif()
    unset(MIC_GSSAPI_FOUND CACHE)
    unset(__pkg_config_checked_MIC_GSSAPI CACHE)
    pkg_check_modules(MIC_GSSAPI QUIET IMPORTED_TARGET GLOBAL ${candidate})
    if(MIC_GSSAPI_FOUND)
      set(MIC_GSSAPI_VARIANT ${variant})
      string(REPLACE ";" " " MIC_GSSAPI_MODULES "${candidate}")
      set(MIC_GSSAPI_LIBRARIES PkgConfig::MIC_GSSAPI)
    endif()
  endforeach()
  if(MIC_GSSAPI_VARIANT STREQUAL "none" AND NOT MIC_GSSAPI STREQUAL "AUTO")
    message(FATAL_ERROR "MIC_GSSAPI is ${MIC_GSSAPI}, but pkg-config finds no such library "
                        "(Debian: libkrb5-dev or heimdal-multidev)")
  endif()
endif()
message(STATUS "GSSAPI: ${MIC_GSSAPI_VARIANT} ${MIC_GSSAPI_MODULES}")
