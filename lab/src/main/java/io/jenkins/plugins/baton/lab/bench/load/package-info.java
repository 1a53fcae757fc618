/** What balancers carry under load and what that costs, all candidates on one switch in the same rounds. */
package io.jenkins.plugins.baton.lab.bench.load;
