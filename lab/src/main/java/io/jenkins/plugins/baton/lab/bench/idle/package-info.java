/** What nodes cost while nothing happens, beside haproxy and keepalived with the same checks and the same adverts. */
package io.jenkins.plugins.baton.lab.bench.idle;
