/// The API under `/api/v1`: what programs ask and are answered. Start at
/// [dev.penstock.server.api.Api].
@NullMarked
package dev.penstock.server.api;

import org.jspecify.annotations.NullMarked;
