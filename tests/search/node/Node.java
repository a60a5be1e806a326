import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.PluginsLoader;

/** One real search engine on this machine: Node HOME PORT. Ends when nobody holds HOME/users. */
public class Node {
    public static void main(String[] words) throws Exception {
        Path home = Path.of(words[0]).toAbsolutePath();
        Settings settings = Settings.builder()
            .put("path.home", home.toString())
            .put("cluster.name", "tests")
            .put("node.name", "one")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", words[1])
            .put("transport.port", "0")
            .put("http.type", "netty4")
            .put("transport.type", "netty4")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
        LogConfigurator.registerErrorListener();
        Environment environment = new Environment(settings, home.resolve("config"));
        LogConfigurator.configure(environment, true);
        // false: the jars are on the class path, so there is no module to export from
        PluginsLoader loader = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir(), false),
            PluginsLoader.loadPluginsBundles(environment.pluginsDir(), false),
            Map.of(),
            false);
        new org.elasticsearch.node.Node(environment, loader).start();
        waitForUsers(home.resolve("users"));
        // The folder is thrown away: there is nothing to close.
        Runtime.getRuntime().halt(0);
    }

    /** Each process that uses the node holds a shared lock; the system takes it from the dead. */
    private static void waitForUsers(Path users) throws Exception {
        try (FileChannel file = FileChannel.open(users, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            while (file.tryLock() == null) {
                Thread.sleep(500);
            }
        }
    }
}
