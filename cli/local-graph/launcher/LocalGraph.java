import java.io.IOException;
import java.net.BindException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.neo4j.cli.ExecutionContext;
import org.neo4j.commandline.admin.security.SetInitialPasswordCommand;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.Version;
import picocli.CommandLine;

/**
 * Neo4j Community over Bolt, until SIGTERM or, when attached, until standard input ends.
 * Run as: java -cp 'lib/*:launcher' LocalGraph HOME [attached]. Neo4j publishes no bootstrapper to Maven Central, hence this.
 * HOME/server.lock is locked for as long as the process lives: the operating system forgets it even after kill -9.
 * HOME/server.json exists while the server answers.
 */
public final class LocalGraph {
    private static final int FAILED = 1;
    private static final int LOCKED = 3;
    private static final int PORT_IN_USE = 4;
    private static final String PASSWORD = "NEO4J_PASSWORD=";

    private LocalGraph() {}

    public static void main(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        FileChannel channel = FileChannel.open(
                home.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            System.exit(LOCKED);
        }
        try {
            start(home);
        } catch (Throwable failure) {
            failure.printStackTrace();
            // A half-started server would run its shutdown hooks for long, or for ever: there is nothing to save.
            Runtime.getRuntime().halt(exitCode(failure));
        }
        if (args.length > 1 && args[1].equals("attached")) {
            while (System.in.read() >= 0) {}
            System.exit(0);
        }
        Thread.currentThread().join();
    }

    private static void start(Path home) throws IOException {
        Path state = home.resolve("server.json");
        Files.deleteIfExists(state);
        if (!Files.exists(home.resolve("data/databases/system"))) {
            setPassword(home);
        }
        DatabaseManagementService dbms = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(home.resolve("conf/neo4j.conf"))
                .build();
        if (!dbms.database("neo4j").isAvailable(60_000)) {
            throw new IllegalStateException("the database neo4j did not become available; see logs/debug.log");
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Files.deleteIfExists(state);
            } catch (IOException ignored) {
                // A stale file is recognised by its dead process.
            }
            dbms.shutdown();
        }));
        publish(state);
    }

    /** Before the port opens, so that nobody on this machine ever meets the default password. */
    private static void setPassword(Path home) throws IOException {
        String password = Files.readAllLines(home.resolve("credentials.env")).stream()
                .filter(line -> line.startsWith(PASSWORD))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("credentials.env holds no " + PASSWORD))
                .substring(PASSWORD.length());
        var command = new SetInitialPasswordCommand(new ExecutionContext(home, home.resolve("conf")));
        if (new CommandLine(command).execute(password) != 0) {
            throw new IllegalStateException("Neo4j did not take the initial password");
        }
    }

    private static void publish(Path state) throws IOException {
        Path unfinished = state.resolveSibling("server.json.unfinished");
        Files.writeString(
                unfinished,
                String.format(
                        "{\"pid\":%d,\"version\":\"%s\",\"startedAt\":%d}%n",
                        ProcessHandle.current().pid(), Version.getNeo4jVersion(), System.currentTimeMillis()));
        Files.move(unfinished, state, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int exitCode(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return PORT_IN_USE;
            }
        }
        return FAILED;
    }
}
