/// What turns a program into a job that is started with parameters. Start reading at
/// [dev.penstock.flow.Parameters].
@NullMarked
package dev.penstock.flow;

import org.jspecify.annotations.NullMarked;
