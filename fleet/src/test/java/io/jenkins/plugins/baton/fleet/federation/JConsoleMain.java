package io.jenkins.plugins.baton.fleet.federation;

import java.awt.Component;
import java.awt.Container;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.JButton;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.JSplitPane;
import javax.swing.JTable;
import javax.swing.JTree;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;
import javax.swing.tree.TreePath;

/**
 * The JDK's JConsole with somebody who uses it, in a JVM of its own on a display: accepts the connection, looks at the tree,
 * subscribes to a virtual router on two nodes, hands it over, and waits for the notifications. Prints what is seen.
 *
 * <pre>
 * JConsoleMain URL SCREENSHOT.png ROUTER HOLDER OTHER
 * </pre>
 */
final class JConsoleMain {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);

    private static final int LOOKS_PER_QUESTION = 30;

    private static int looks;

    private JConsoleMain() {}

    public static void main(String[] arguments) throws Exception {
        String router = arguments[2];
        List<String> nodes = List.of(arguments[3], arguments[4]);
        System.setProperty(
                "com.sun.tools.jconsole.mbeans.keyPropertyList", "node,type"); // as `baton jmx --jconsole` does
        Class.forName("sun.tools.jconsole.JConsole")
                .getMethod("main", String[].class)
                .invoke(null, (Object) new String[] {arguments[0]});
        await("the question about TLS", () -> button(text -> text.contains("nsecure")))
                .doClick();
        JTree tree = await("the tree", JConsoleMain::tree);
        await("all nodes in the tree", () -> path(tree, "baton", nodes.get(1), "VirtualRouter", router));
        paths(tree).forEach(path -> System.out.println("tree " + path));

        for (String node : nodes) {
            select(tree, "baton", node, "VirtualRouter", router, "Notifications");
            await("the button to subscribe", () -> button("Subscribe"::equals)).doClick();
            await(
                    "the subscription",
                    () -> path(tree, "baton", node, "VirtualRouter", router, "Notifications")
                            .filter(path ->
                                    path.getLastPathComponent().toString().contains("[")));
        }
        select(tree, "baton", nodes.get(0), "VirtualRouter", router, "Operations", "handOver");
        JButton handOver = await("the button of the operation", () -> button("handOver"::equals));
        onSwing(() -> {
            find(handOver.getParent(), JTextComponent.class).get(0).setText("a hand at JConsole");
            return null;
        });
        SwingUtilities.invokeLater(handOver::doClick);
        JOptionPane answer = await("the answer", JConsoleMain::answer);
        System.out.println("answer " + text(answer));
        onSwing(() -> {
            answer.setValue(JOptionPane.OK_OPTION);
            return null;
        });
        for (String node : nodes) {
            select(tree, "baton", node, "VirtualRouter", router, "Notifications");
            JTable table = await("a notification of " + node, JConsoleMain::notifications);
            System.out.println("notified " + node + " " + table.getRowCount());
        }
        select(tree, "baton", "Cluster", "Attributes");
        await("the attributes", () -> shown(JTable.class).filter(table -> table.getRowCount() > 5));
        onSwing(() -> {
            paneOf(tree).setDividerLocation(280);
            return null;
        });
        TimeUnit.SECONDS.sleep(1); // the values come a moment after the rows
        save(new File(arguments[1]));
        System.exit(0);
    }

    private static void select(JTree tree, String... labels) throws Exception {
        TreePath path = await(String.join("/", labels), () -> path(tree, labels));
        onSwing(() -> {
            tree.setSelectionPath(path);
            tree.scrollPathToVisible(path);
            return null;
        });
    }

    private static JSplitPane paneOf(Component component) {
        return (JSplitPane) SwingUtilities.getAncestorOfClass(JSplitPane.class, component);
    }

    private static Optional<JTree> tree() {
        return shown(JTree.class);
    }

    /**
     * What has these labels below the root. JConsole asks for what is below a
     * bean when it is expanded; what does not come in a while is asked for again.
     */
    private static Optional<TreePath> path(JTree tree, String... labels) {
        TreePath path = new TreePath(tree.getModel().getRoot());
        for (String label : labels) {
            boolean expanded = tree.isExpanded(path);
            tree.expandPath(path);
            Optional<Object> child = children(tree, path.getLastPathComponent())
                    .filter(node -> label(node).equals(label))
                    .findFirst();
            if (child.isEmpty()) {
                if (expanded && ++looks % LOOKS_PER_QUESTION == 0) {
                    tree.collapsePath(path);
                }
                return Optional.empty();
            }
            path = path.pathByAddingChild(child.get());
        }
        return Optional.of(path);
    }

    /** JConsole writes what is new in bold and with its number behind it. */
    private static String label(Object node) {
        return node.toString().replaceAll("<[^>]*>", "").replaceFirst("\\[\\d+]$", "");
    }

    private static Stream<Object> children(JTree tree, Object node) {
        return IntStream.range(0, tree.getModel().getChildCount(node))
                .mapToObj(i -> tree.getModel().getChild(node, i));
    }

    private static List<String> paths(JTree tree) throws Exception {
        return onSwing(() -> {
            List<String> paths = new ArrayList<>();
            for (int row = 0; row < tree.getRowCount(); row++) {
                paths.add(String.join("/", names(tree.getPathForRow(row))));
            }
            return paths;
        });
    }

    /** Below the invisible root. */
    private static List<String> names(TreePath path) {
        return Arrays.stream(path.getPath()).skip(1).map(JConsoleMain::label).toList();
    }

    private static Optional<JButton> button(Predicate<String> text) {
        return all(JButton.class).stream()
                .filter(button ->
                        button.isShowing() && button.isEnabled() && text.test(String.valueOf(button.getText())))
                .findFirst();
    }

    private static Optional<JOptionPane> answer() {
        return all(JOptionPane.class).stream()
                .filter(pane -> pane.isShowing() && text(pane).contains("invo"))
                .findFirst();
    }

    private static String text(JOptionPane pane) {
        return pane.getMessage() instanceof Object[] parts
                ? Arrays.deepToString(parts)
                : String.valueOf(pane.getMessage());
    }

    private static Optional<JTable> notifications() {
        return all(JTable.class).stream()
                .filter(table -> table.isShowing() && table.getRowCount() > 0)
                .filter(table -> table.getClass().getName().contains("Notification"))
                .findFirst();
    }

    private static <T extends Component> Optional<T> shown(Class<T> type) {
        return all(type).stream().filter(Component::isShowing).findFirst();
    }

    private static <T extends Component> List<T> all(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Window window : Window.getWindows()) {
            if (window instanceof JFrame || window instanceof JDialog) {
                found.addAll(find(window, type));
            }
        }
        return found;
    }

    private static <T extends Component> List<T> find(Container container, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Component component : container.getComponents()) {
            if (type.isInstance(component)) {
                found.add(type.cast(component));
            }
            if (component instanceof Container inner) {
                found.addAll(find(inner, type));
            }
        }
        return found;
    }

    private static <T> T await(String what, Callable<Optional<T>> look) throws Exception {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (true) {
            Optional<T> seen = onSwing(look);
            if (seen.isPresent()) {
                return seen.get();
            }
            if (System.nanoTime() > end) {
                System.out.println("waited in vain for " + what + " in\n"
                        + String.join("\n", tree().isPresent() ? paths(tree().get()) : List.of()));
                save(new File("jconsole-failed.png"));
                System.exit(1);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static <T> T onSwing(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        SwingUtilities.invokeLater(task);
        return task.get();
    }

    private static void save(File file) throws Exception {
        BufferedImage image = onSwing(() -> {
            JFrame frame = Arrays.stream(Window.getWindows())
                    .filter(window -> window instanceof JFrame && window.isShowing())
                    .map(JFrame.class::cast)
                    .findFirst()
                    .orElseThrow();
            BufferedImage drawn = new BufferedImage(frame.getWidth(), frame.getHeight(), BufferedImage.TYPE_INT_RGB);
            frame.paint(drawn.getGraphics());
            return drawn;
        });
        ImageIO.write(image, "png", file);
    }
}
