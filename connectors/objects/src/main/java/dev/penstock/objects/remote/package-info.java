/// What stores that are reached over a network have in common: uploads in parts
/// ([dev.penstock.objects.remote.PartedUpload]), reading by ranges
/// ([dev.penstock.objects.remote.RangedObject]), lists by pages
/// ([dev.penstock.objects.remote.Pages]) and, for those that are spoken to without a client of
/// theirs, requests ([dev.penstock.objects.remote.StoreHttp]).
@NullMarked
package dev.penstock.objects.remote;

import org.jspecify.annotations.NullMarked;
