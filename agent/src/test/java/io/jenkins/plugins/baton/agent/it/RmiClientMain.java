package io.jenkins.plugins.baton.agent.it;

import java.util.Map;
import javax.management.Attribute;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A JMX client such as JConsole, in a JVM of its own inside a host: prints one attribute of some beans. */
final class RmiClientMain {
    private RmiClientMain() {}

    public static void main(String[] arguments) throws Exception {
        String url = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + arguments[0] + "/jmxrmi";
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            ObjectName backend = new ObjectName("baton:type=Backend,frontend=kube-apiserver,name=m1");
            beans.invoke(backend, "setWeight", new Object[] {7}, new String[] {"int"});
            Map<String, String> attributes = Map.of(
                    "baton:type=Agent",
                    "Node",
                    "baton:type=VirtualRouter,name=kube-master",
                    "State",
                    "baton:type=Frontend,name=kube-apiserver",
                    "Plane",
                    backend.toString(),
                    "Weight");
            for (Map.Entry<String, String> entry : attributes.entrySet()) {
                Object value = beans.getAttribute(new ObjectName(entry.getKey()), entry.getValue());
                System.out.println(entry.getKey() + " "
                        + new Attribute(entry.getValue(), value).toString().replace(" = ", "="));
            }
        }
    }
}
