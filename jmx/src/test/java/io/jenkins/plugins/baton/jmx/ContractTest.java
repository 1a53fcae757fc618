package io.jenkins.plugins.baton.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jmx.federation.ClusterMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeAgentMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeBackendMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeCheckMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeFrontendMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeMXBean;
import io.jenkins.plugins.baton.jmx.federation.NodeVirtualRouterMXBean;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person sees in JConsole is complete. */
class ContractTest {

    static List<Class<?>> contracts() {
        return List.of(
                AgentMXBean.class,
                VirtualRouterMXBean.class,
                FrontendMXBean.class,
                BackendMXBean.class,
                CheckMXBean.class,
                ClusterMXBean.class,
                NodeMXBean.class,
                NodeAgentMXBean.class,
                NodeVirtualRouterMXBean.class,
                NodeFrontendMXBean.class,
                NodeBackendMXBean.class,
                NodeCheckMXBean.class);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyMemberIsDescribed(Class<?> contract) throws Exception {
        MBeanInfo info = info(contract);
        assertThat(info.getDescription())
                .isEqualTo(contract.getAnnotation(Description.class).value());
        assertThat(info.getAttributes()).isNotEmpty();
        for (MBeanAttributeInfo attribute : info.getAttributes()) {
            assertThat(attribute.getDescription())
                    .as(attribute.getName())
                    .contains(" ")
                    .isNotEqualTo(attribute.getName());
        }
        for (MBeanOperationInfo operation : info.getOperations()) {
            assertThat(operation.getDescription()).as(operation.getName()).contains(" ");
            assertThat(operation.getImpact()).isEqualTo(MBeanOperationInfo.ACTION);
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyParameterHasANameAndADescription(Class<?> contract) throws Exception {
        for (MBeanOperationInfo operation : info(contract).getOperations()) {
            for (MBeanParameterInfo parameter : operation.getSignature()) {
                assertThat(parameter.getName())
                        .as(operation.getName())
                        .matches("[a-z]\\w+")
                        .doesNotMatch("p\\d+");
                assertThat(parameter.getDescription()).as(parameter.getName()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyDurationSaysMilliseconds(Class<?> contract) throws Exception {
        for (MBeanAttributeInfo attribute : info(contract).getAttributes()) {
            if (attribute.getName().endsWith("Millis")) {
                assertThat(attribute.getDescriptor().getFieldValue("units"))
                        .as(attribute.getName())
                        .isEqualTo("ms");
            }
        }
    }

    /** {@link DescribedMXBean} looks methods up by name and arity. */
    @ParameterizedTest
    @MethodSource("contracts")
    void noTwoMethodsShareNameAndArity(Class<?> contract) {
        Stream<String> signatures =
                Arrays.stream(contract.getMethods()).map(m -> m.getName() + "/" + m.getParameterCount());
        assertThat(signatures).doesNotHaveDuplicates();
    }

    private static MBeanInfo info(Class<?> contract) throws Exception {
        return describe(contract).getMBeanInfo();
    }

    private static <T> DescribedMXBean describe(Class<T> contract) throws Exception {
        T bean = contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(),
                new Class<?>[] {contract},
                (Object proxy, Method method, Object[] args) -> null));
        return DescribedMXBean.of(new ObjectName("test:type=Bean"), () -> bean, contract);
    }
}
