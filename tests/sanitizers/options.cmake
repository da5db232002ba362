# Makes what sanitizers are told a part of every program, so that it holds wherever and by whomever one is started.
add_library(sanitizer_options INTERFACE)
target_sources(sanitizer_options INTERFACE
               $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:${CMAKE_CURRENT_LIST_DIR}/options.c>)
link_libraries(sanitizer_options)
# GCC's guess at what is not initialised is often wrong in code that is instrumented.
add_compile_options(-Wno-maybe-uninitialized)
