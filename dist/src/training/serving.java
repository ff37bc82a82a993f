import java.net.http.*;

// What the server usually loads: it starts, and shows its pages.

String printed(ByteArrayOutputStream out, String pattern) throws InterruptedException {
    var found = Pattern.compile(pattern).matcher(out.toString());
    while (!found.reset(out.toString()).find()) {
        Thread.sleep(20);
    }
    return found.group();
}

void main() throws Exception {
    var out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true));
    Thread.ofPlatform().daemon().start(() -> dev.penstock.cli.Main.main(new String[] {"server", "start", "--port", "0"}));
    var address = printed(out, "http://\\S+(?=\\s)");
    try (var client = HttpClient.newHttpClient()) {
        for (var page : List.of("/", "/runs", "/flows", "/deployments", "/work-pools", "/api/v1/health", "/api/v1/flow-runs")) {
            client.send(HttpRequest.newBuilder(URI.create(address + page)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
    System.exit(0);
}
