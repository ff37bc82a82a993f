/// Azure Blob Storage as a store of objects. Start with [dev.penstock.objects.azure.AzureStore].
@NullMarked
package dev.penstock.objects.azure;

import org.jspecify.annotations.NullMarked;
