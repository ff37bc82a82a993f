package dev.penstock.testkit;

import dev.penstock.data.Name;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/// A taxi trip with all 19 columns of New York's yellow taxi files. Trips that were not metered
/// have no passenger count, rate code, flag, congestion surcharge and airport fee.
public record Trip(
    @Name("VendorID") int vendorId,
    LocalDateTime tpepPickupDatetime,
    LocalDateTime tpepDropoffDatetime,
    @Nullable Long passengerCount,
    double tripDistance,
    @Name("RatecodeID") @Nullable Long ratecodeId,
    @Nullable String storeAndFwdFlag,
    @Name("PULocationID") int puLocationId,
    @Name("DOLocationID") int doLocationId,
    long paymentType,
    double fareAmount,
    double extra,
    double mtaTax,
    double tipAmount,
    double tollsAmount,
    double improvementSurcharge,
    double totalAmount,
    @Nullable Double congestionSurcharge,
    @Name("Airport_fee") @Nullable Double airportFee) {}
