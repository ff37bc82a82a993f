/// Who may use the server: users and their passwords, sessions, keys, what each may do, and what
/// they did. Start at [dev.penstock.server.access.Gate].
@NullMarked
package dev.penstock.server.access;

import org.jspecify.annotations.NullMarked;
