#include "cli/main.h"

int main(int argc, char** argv) { return reelwright::cli::run(argc, argv); }
