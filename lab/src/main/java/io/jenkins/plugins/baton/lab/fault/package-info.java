/** What befalls a cluster, done on purpose, and what its client noticed: for the demo, the tests and the benchmark. */
package io.jenkins.plugins.baton.lab.fault;
