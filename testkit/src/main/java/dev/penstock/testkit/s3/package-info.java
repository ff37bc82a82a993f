/// A server that speaks as much of the protocol of S3 as Penstock uses. Start with
/// [dev.penstock.testkit.s3.S3Server].
@NullMarked
package dev.penstock.testkit.s3;

import org.jspecify.annotations.NullMarked;
