// What programs and commands usually load: run once after a build, so that the JVM can keep it ready for them.

enum Kind { FAST, SLOW }

record Start(@Default("100") int readings, @Default("FAST") Kind kind, Optional<LocalDate> since) {}

record Reading(String sensor, Kind kind, LocalDate day, Double value, Integer count) {}

@Flow String count(@Default("readings") String what) {
    return task("count").retries(1).call(this::describe, what);
}

String describe(String what) {
    return what + " counted";
}

void main(String[] args) throws Exception {
    var start = parameters(Start.class, args);
    var csv = Path.of("readings.csv");
    var parquet = Path.of("readings.parquet");

    Pipeline.range(0, start.readings())
        .map(n -> new Reading("s" + n % 7, start.kind(), LocalDate.of(2025, 1, 1).plusDays(n), n / 3.0, n.intValue()))
        .to(Csv.write(csv, Reading.class))
        .run();

    Pipeline.from(Csv.read(csv, Reading.class))
        .filter(reading -> reading.count() != 3)
        .map(reading -> reading, concurrency(2).retry(times(2)))
        .batch(10)
        .flatMap(batch -> batch)
        .observe("readings")
        .catching(Exception.class).skip()
        .to(Parquet.write(parquet, Reading.class))
        .run();

    Pipeline.from(Parquet.read(parquet, Reading.class)).to(JsonLines.write(Path.of("readings.jsonl"), Reading.class)).run();
    IO.println("%d readings".formatted(Pipeline.from(JsonLines.read("readings.jsonl", Reading.class)).count()));

    runFlow("count", args);

    deployAndRun();

    for (var command : List.of("flow-run ls", "flow-run inspect nobody", "deployment ls", "work-pool ls", "--help")) {
        dev.penstock.cli.Main.execute(command.split(" "));
    }
}

// What the process of a worker's run does.
void deployAndRun() throws Exception {
    Files.writeString(Path.of("deployed.java"), """
        @Flow void deployed(@Default("1") int count) {
            task("nothing").run(() -> {});
        }

        void main(String[] args) {
            runFlow(args);
        }
        """);
    for (var command : List.of("work-pool create trained --type process",
        "deploy deployed.java --name once --pool trained", "deployment run deployed/once")) {
        dev.penstock.cli.Main.execute(command.split(" "));
    }
    var store = dev.penstock.flow.LocalRuntime.store();
    var due = new dev.penstock.flow.store.ClaimRequest("trained", "trained", List.of(), List.of(), 1, Duration.ofMinutes(1));
    for (var claimed : store.flowRuns().claim(due)) {
        var lease = claimed.lease();
        store.handovers().submitting(lease);
        dev.penstock.cli.Main.execute("run-process", lease.run(), lease.owner(), String.valueOf(lease.fence()));
    }
}
