/// Requests and answers, and what every one of them has to keep to. Start at
/// [dev.penstock.server.web.Router].
@NullMarked
package dev.penstock.server.web;

import org.jspecify.annotations.NullMarked;
