/// Programs of users: one Java source file each, compiled in memory, kept in a cache and started.
/// Start reading at [dev.penstock.cli.program.ProgramCompiler].
@NullMarked
package dev.penstock.cli.program;

import org.jspecify.annotations.NullMarked;
