/// Google Cloud Storage as a store of objects. Start with [dev.penstock.objects.gcs.GcsStore].
@NullMarked
package dev.penstock.objects.gcs;

import org.jspecify.annotations.NullMarked;
