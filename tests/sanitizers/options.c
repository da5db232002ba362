/* Asked by the sanitizers when a program starts. In C because C is not instrumented here: nothing that is may
   run before they do. */

const char* __asan_default_options(void) { return "detect_stack_use_after_return=1:strict_string_checks=1"; }

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
