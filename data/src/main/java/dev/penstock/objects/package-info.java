/// Stores of objects, one small interface over S3 and its kind and over local directories. Start
/// with [dev.penstock.objects.ObjectStore].
@NullMarked
package dev.penstock.objects;

import org.jspecify.annotations.NullMarked;
