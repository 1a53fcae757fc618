package io.jenkins.plugins.baton.jenkins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.baton.lab.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One tab of Debian's Chromium, spoken to by its <a href="https://chromedevtools.github.io/devtools-protocol/">DevTools
 * protocol</a>: that needs neither a driver of the browser's very version nor a library.
 */
final class Chromium implements AutoCloseable {
    private static final Duration AWAIT_TIMEOUT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    /** @param profile a folder for it alone */
    Chromium(Path profile) throws Exception {
        process = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--remote-allow-origins=*",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create(tab(profile.resolve("DevToolsActivePort"))), new Listener())
                    .get(AWAIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            for (String domain : List.of("Page", "Runtime", "Log")) {
                send(domain + ".enable", Map.of());
            }
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    private String tab(Path portFile) throws Exception {
        Await.until(
                "Chromium listens",
                AWAIT_TIMEOUT,
                () -> Files.exists(portFile) && lines(portFile).size() > 1);
        URI list = URI.create("http://127.0.0.1:" + lines(portFile).get(0) + "/json/list");
        for (JsonNode tab :
                JSON.readTree(http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                        .body())) {
            if (tab.path("type").asText().equals("page")) {
                return tab.path("webSocketDebuggerUrl").asText();
            }
        }
        throw new IllegalStateException("Chromium has no tab");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode send(String method, Map<String, ?> parameters) {
        int id = count.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        try {
            socket.sendText(message.toString(), true).get(AWAIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            return answer.get(AWAIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("Chromium did not do " + method + " " + parameters, e);
        }
    }

    /** @param dark what the reader's system prefers */
    void look(int width, boolean dark) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Runs in every page from now on, before the page's own scripts. */
    void before(String script) {
        send("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** Opens a page and waits until a condition holds there. */
    void open(URI page, String condition) {
        send("Page.navigate", Map.of("url", page.toString()));
        until("location.href === " + JSON.valueToTree(page.toString()) + " && document.readyState === 'complete'");
        until(condition);
    }

    void until(String condition) {
        Await.until(
                "in the page: " + condition, AWAIT_TIMEOUT, () -> ask(condition).asBoolean());
    }

    /** Value of an expression in the page. */
    JsonNode ask(String expression) {
        JsonNode result = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Writes into what has the focus. */
    void type(String text) {
        send("Input.insertText", Map.of("text", text));
    }

    /** A key as a person presses it. Enter follows a link and sends a form only with the character that it makes. */
    void press(String key) {
        send(
                "Input.dispatchKeyEvent",
                key.equals("Enter")
                        ? Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", 13, "text", "\r")
                        : Map.of("type", "keyDown", "key", key));
        send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** Moves the pointer onto a place of the page, in CSS pixels of the window. */
    void point(double x, double y) {
        send("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
    }

    /** Violations of the content security policy, exceptions, and whatever else the console holds as an error. */
    List<String> troubles() {
        return troubles;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private void take(String message) {
            try {
                JsonNode node = JSON.readTree(message);
                if (node.has("id")) {
                    CompletableFuture<JsonNode> answer =
                            answers.remove(node.get("id").asInt());
                    if (node.has("error")) {
                        answer.completeExceptionally(
                                new IllegalStateException(node.get("error").toString()));
                    } else {
                        answer.complete(node.path("result"));
                    }
                } else if (node.path("method").asText().equals("Runtime.exceptionThrown")) {
                    troubles.add(node.path("params").path("exceptionDetails").toString());
                } else if (node.path("params")
                        .path("entry")
                        .path("level")
                        .asText()
                        .equals("error")) {
                    troubles.add(node.path("params").path("entry").toString());
                }
            } catch (IOException e) {
                troubles.add("not JSON: " + message);
            }
        }
    }
}
