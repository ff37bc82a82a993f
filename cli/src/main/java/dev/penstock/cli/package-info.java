/// The `penstock` command. Start reading at [dev.penstock.cli.Main]; a program's life, from its
/// source file to its exit code, is in `ProgramRun`, all other commands begin in `PenstockCommand`.
@NullMarked
package dev.penstock.cli;

import org.jspecify.annotations.NullMarked;
