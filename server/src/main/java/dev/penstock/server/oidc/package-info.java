/// Logging in by an identity provider that speaks OpenID Connect. Start with
/// [dev.penstock.server.oidc.OidcLogin].
@NullMarked
package dev.penstock.server.oidc;

import org.jspecify.annotations.NullMarked;
