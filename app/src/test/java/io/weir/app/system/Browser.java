package io.weir.app.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a screen, in a profile of its own. Ended with {@link #close} at the latest. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path CHROMEDRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** Skips the test, and says why, where there is no Chromium. */
    static void assumeInstalled() {
        assumeTrue(Files.isExecutable(CHROMIUM), CHROMIUM + " is not installed; Debian's package chromium has it");
        assumeTrue(
                Files.isExecutable(CHROMEDRIVER),
                CHROMEDRIVER + " is not installed; Debian's package chromium-driver has it");
    }

    /** Starts it, in English. Names the driver, so that Selenium looks for none and downloads none. */
    static Browser start() throws IOException {
        Path profile = Files.createTempDirectory("weir-browser-");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en-US",
                "--user-data-dir=" + profile);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(CHROMEDRIVER.toFile())
                .usingAnyFreePort()
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options), profile);
        browser.resize(1600, 1000);
        return browser;
    }

    /** Goes to an address and forgets what was in the logs. */
    void open(URI address) {
        driver.get("about:blank");
        console();
        requestedHosts();
        driver.get(address.toString());
    }

    void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What {@code prefers-color-scheme} says. */
    void prefer(String colourScheme) {
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colourScheme))));
    }

    private void cdp(String command, Map<String, Object> parameters) {
        driver.executeCdpCommand(command, parameters);
    }

    /** What the script returns; {@code arguments[0]} is the first argument. */
    @Nullable
    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What the script gives to its last argument, a function. */
    @Nullable
    Object scriptThatAnswersLater(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return driver.executeAsyncScript(script, arguments);
    }

    /** The texts of all elements that match, in the page's order. */
    @SuppressWarnings("unchecked")
    List<String> texts(String selector) {
        Object texts = script(
                "return [...document.querySelectorAll(arguments[0])].map((node) => node.textContent.trim())", selector);
        return (List<String>) Objects.requireNonNull(texts);
    }

    /** The text of the first element that matches; empty if none does. */
    String text(String selector) {
        List<String> texts = texts(selector);
        return texts.isEmpty() ? "" : texts.get(0);
    }

    /** Whether the first element that matches can be seen. */
    boolean shows(String selector) {
        return Boolean.TRUE.equals(script(
                "const node = document.querySelector(arguments[0]); return node !== null && node.checkVisibility()",
                selector));
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    Actions actions() {
        return new Actions(driver);
    }

    void press(CharSequence... keys) {
        actions().sendKeys(keys).perform();
    }

    /** The part of the address behind the question mark; empty if there is none. */
    String query() {
        String query = URI.create(String.valueOf(driver.getCurrentUrl())).getQuery();
        return query == null ? "" : query;
    }

    void back() {
        driver.navigate().back();
    }

    void reload() {
        driver.navigate().refresh();
    }

    String title() {
        return String.valueOf(driver.getTitle());
    }

    /** What the page wrote to the console since the last call: errors of scripts, blocked requests, anything. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** The hosts, with ports, that the page asked since the last call. */
    Set<String> requestedHosts() {
        Set<String> hosts = new TreeSet<>();
        ObjectMapper json = new ObjectMapper();
        driver.manage().logs().get(LogType.PERFORMANCE).getAll().forEach(entry -> {
            try {
                JsonNode message = json.readTree(entry.getMessage()).get("message");
                URI address = URI.create(message.at("/params/request/url").asText());
                if (message.get("method").asText().equals("Network.requestWillBeSent") && address.getHost() != null) {
                    hosts.add(address.getAuthority());
                }
            } catch (JsonProcessingException | IllegalArgumentException e) {
                hosts.add("unreadable: " + entry.getMessage());
            }
        });
        return hosts;
    }

    void screenshot(Path file) throws IOException {
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Waits until this holds; fails if it does not within a minute. */
    void awaits(String what, Callable<Boolean> condition) {
        await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    @Override
    public void close() throws IOException {
        try {
            driver.quit();
        } finally {
            Folders.delete(profile);
        }
    }
}
