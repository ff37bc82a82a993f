// What a typical program loads: run once after a build, so that the JVM can keep it ready.

record Reading(String sensor, double value) {}

void main() {
    IO.println(List.of(new Reading("a", 1), new Reading("b", 2)).stream().mapToDouble(Reading::value).sum());
}
