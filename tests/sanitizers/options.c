/* Asked by the sanitizers when a program starts. In C because C is not instrumented here: nothing that is may
   run before they do. */

/* ONNX Runtime's oneDNN provider deletes the core's objects by handles of another size; there is no way to leave
   out one library's. -Wdelete-non-virtual-dtor finds what our own code could do of the kind. */
const char* __asan_default_options(void) {
  return "detect_stack_use_after_return=1:strict_string_checks=1:new_delete_type_mismatch=0";
}

const char* __ubsan_default_options(void) { return "print_stacktrace=1"; }

const char* __tsan_default_options(void) { return "second_deadlock_stack=1"; }

const char* __tsan_default_suppressions(void) {
  static const char text[] = {
#embed "thread.supp" suffix(, )
      0};
  return text;
}

const char* __lsan_default_options(void) { return "print_suppressions=0"; }

const char* __lsan_default_suppressions(void) {
  static const char text[] = {
#embed "leak.supp" suffix(, )
      0};
  return text;
}
