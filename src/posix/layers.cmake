# The rooms of src/posix, lowest first, and which rooms each may include.
# Read by src/posix/CMakeLists.txt (what links with what) and tests/lint/layers.cmake.
set(MIC_LAYERS base loop xml model auth http wsman cimxml engine api)

# Not in the library: what `mi` links beside it. It may lean on every room, and none on it.
set(MIC_TOOL_LAYERS doctor)

set(MIC_LAYER_base   "")
set(MIC_LAYER_loop   base)
set(MIC_LAYER_xml    base)
set(MIC_LAYER_model  base)
set(MIC_LAYER_auth   base)
set(MIC_LAYER_http   auth loop base)
set(MIC_LAYER_wsman  xml model base)
set(MIC_LAYER_cimxml xml model base)
set(MIC_LAYER_engine wsman http auth loop model base)
set(MIC_LAYER_api    engine cimxml wsman model base)
set(MIC_LAYER_doctor api engine wsman http auth loop model base)
