/// S3, and what speaks its protocol, as a store of objects. Start with
/// [dev.penstock.objects.s3.S3Store].
@NullMarked
package dev.penstock.objects.s3;

import org.jspecify.annotations.NullMarked;
