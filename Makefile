# All developer tasks, one command each. `make help` lists them.

# The JDK from which the agent's runtime is made, 17 or later. Empty: the JDK that builds.
RUNTIME_JDK :=
OPTIONS := --batch-mode --no-transfer-progress $(if $(RUNTIME_JDK),-Druntime.jdk=$(abspath $(RUNTIME_JDK)))
MAVEN   := mvn $(OPTIONS)
# The same for all modules, with the Jenkins plugin where its parent POM is available.
WHOLE   := jenkins-plugin/maven $(OPTIONS)
AGENT   := agent/target/baton-agent
LAB     := java -cp lab/target/classes:probe/target/classes
AS_ROOT := lab/as-root

HOSTS   := $(LAB) io.jenkins.plugins.baton.lab.systemd.LabCommand
# A name, and the directory of the disks. Not under target/: they are mounted, and `clean` must not delete them.
LAB_FOLDER := baton /var/tmp/baton-lab

JENKINS := $(LAB) io.jenkins.plugins.baton.lab.jenkins.JenkinsCommand
JENKINS_FOLDER := /var/tmp/baton-jenkins

.DEFAULT_GOAL := help
.PHONY: help demo drills drills-killed demo-lan lab lab-down jenkins jenkins-down build unit test simulate faults soak field bench clean release reproducible class-list fuzz mutants

help: ## list the tasks
	@echo "Tasks (as root, or with sudo; unit as any user):"
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## three Debian hosts with systemd: deploy, wait, three drills with etcd writes, a table and a report; everything is removed afterwards
	@lab/install-packages lab
	@echo "Building; the first time this fetches libraries from Maven Central ..."
	@$(MAVEN) --quiet package -Dmaven.test.skip -pl fleet,agent -am
	@$(AS_ROOT) demo/end-to-end handover,agent-kill,partition 1 5s target/demo

SCENARIO := all
TIMES    := 3

drills: ## every scenario three times on such hosts, with etcd writes (SCENARIO=all, TIMES=3; about 12 minutes)
	@lab/install-packages lab
	@$(MAVEN) --quiet package -Dmaven.test.skip -pl fleet,agent -am
	@$(AS_ROOT) demo/end-to-end $(SCENARIO) $(TIMES) 8s target/drills

drills-killed: ## kill the operator with -9 during every fault: each fault must end by itself (about 10 minutes)
	@lab/install-packages test
	$(AS_ROOT) $(MAVEN) verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=FleetIT \
	    -Dfailsafe.failIfNoSpecifiedTests=false -Dbaton.scenarios=all -pl fleet,agent -am

demo-lan: ## three agents in network namespaces, five faults, and what a client notices, in half a minute
	@lab/install-packages demo
	@echo "Building; the first time this fetches libraries from Maven Central ..."
	@$(MAVEN) --quiet package -Dmaven.test.skip -pl agent -am
	@$(AS_ROOT) $(LAB) io.jenkins.plugins.baton.lab.demo.Demo $(AGENT) demo/cluster.yaml

lab: ## start three Debian hosts with systemd, sshd and etcd, for deployments and drills (make lab-down removes them)
	@lab/install-packages lab
	@$(MAVEN) --quiet package -Dmaven.test.skip -pl fleet,agent -am
	@echo "Three Debian hosts boot ..."
	@$(AS_ROOT) $(HOSTS) up $(LAB_FOLDER)
	@$(AS_ROOT) $(HOSTS) guide $(LAB_FOLDER)

lab-down: ## remove the hosts of make lab
	@$(AS_ROOT) $(HOSTS) down $(LAB_FOLDER)

jenkins: ## start a Jenkins with the plugin, for this machine only, with jobs for the hosts of make lab (make jenkins-down removes it)
	@lab/install-packages build
	@jenkins-plugin/maven --required $(OPTIONS) --quiet package -Dmaven.test.skip -Ptrial -pl agent,fleet,jenkins-plugin -am
	@lab/install-packages lab
	@$(AS_ROOT) $(JENKINS) up $(JENKINS_FOLDER) $(LAB_FOLDER) jenkins-plugin/target/trial/jenkins.war \
	    jenkins-plugin/target/test-classes/test-dependencies jenkins-plugin/target/baton.hpi

jenkins-down: ## remove that Jenkins, and the hosts where make jenkins started them
	@$(AS_ROOT) $(JENKINS) down $(JENKINS_FOLDER) $(LAB_FOLDER)

build: ## compile and package everything without tests (RUNTIME_JDK=DIR: make the agent's runtime from that JDK, for older hosts)
	@lab/install-packages build
	@$(if $(RUNTIME_JDK),agent/src/main/dist/check-jdk.sh $(abspath $(RUNTIME_JDK)) > /dev/null)
	$(WHOLE) package -Dmaven.test.skip

release: ## build all anew, and collect the agent's archive, baton, the plugin, bills of materials and checksums in target/release
	@lab/install-packages build
	@release/build $(WHOLE)
	@release/collect target/release

reproducible: ## build the last commit from two clean clones and compare every byte of the releases
	@release/reproducible target/reproducible

class-list: ## record which classes the agent loads, for its class archive (after larger changes, with the JDK of the releases)
	@$(MAVEN) --quiet package -Dmaven.test.skip -pl agent -am
	@agent/src/main/dist/train/record.sh agent

unit: ## unit tests of all modules but the Jenkins plugin, in minutes; needs no root and installs nothing
	@lab/install-packages unit
	PATH="$$PATH:/usr/sbin:/sbin" $(MAVEN) test

test: ## all tests: unit, simulation, integration with real keepalived, haproxy and nginx, and Jenkins
	@lab/install-packages test
	$(AS_ROOT) $(WHOLE) verify

# The number of clusters of all scenarios together; one seed alone, of one scenario or all; the base of a run to repeat.
SEEDS    := 1000000
SEED     :=
HASH     := \#
ONE      = $(if $(filter-out all,$(SCENARIO)),$(HASH)$(SCENARIO))
BASE     :=

simulate: ## simulate clusters for hours (SEEDS=1000000; BASE=N repeats a run; SEED=N SCENARIO=NAME tells the story of one)
	$(MAVEN) test -pl agent -am -Dtest='*SimulationTest$(ONE),ChaosSimulation$(ONE)' -Dsurefire.failIfNoSpecifiedTests=false \
	    -Dbaton.simulation.seeds=$(SEEDS) -Dbaton.simulation.seed=$(SEED) -Dbaton.simulation.base=$(BASE)

# The maximum number of rounds; a regular expression that selects lines of the table.
MOST_ROUNDS := 1000
ONLY :=

faults: ## test repeatedly under load everything that clients must not notice, as a table (about nine minutes)
	@lab/install-packages test
	@$(MAVEN) --quiet package -Dmaven.test.skip -pl agent -am
	@$(AS_ROOT) $(LAB) io.jenkins.plugins.baton.lab.experiment.Faults $(AGENT) $(MOST_ROUNDS) "$(ONLY)"

mutants: ## change the code in thousands of ways, and look whether a test notices each (where decisions are made)
	@lab/install-packages unit
	@$(MAVEN) --quiet -Pmutants test-compile org.pitest:pitest-maven:mutationCoverage -pl cluster,probe,agent,fleet -am
	@lab/mutants

# Of the soak, half for each plane.
CONNECTIONS := 20000

soak: ## keep 20,000 connections through moves, restarts, reloads, drains and faults: nothing lost, nothing grows (MINUTES=60)
	@lab/install-packages test
	@$(MAVEN) --quiet package -Dmaven.test.skip -pl agent -am
	@$(AS_ROOT) $(LAB) io.jenkins.plugins.baton.lab.soak.Soak $(AGENT) $(MINUTES) target/soak $(CONNECTIONS)

field: ## test the effects of foreign networks, firewalls and hosts on a node, as a table (ONLY=REGEX selects lines)
	@lab/install-packages test
	@$(MAVEN) --quiet package -Dmaven.test.skip -pl fleet,agent -am
	@$(AS_ROOT) $(LAB) io.jenkins.plugins.baton.lab.field.Field $(AGENT) fleet/target/baton/bin/baton "$(ONLY)"

MINUTES := 10

fuzz: ## fuzz every reader of foreign bytes (MINUTES=10 in all; ONLY=REGEX selects targets)
	@lab/install-packages unit
	@$(MAVEN) --quiet -Pfuzz -Dmdep.outputFile=target/fuzz.classpath -Dmdep.includeScope=test \
	    test-compile dependency:build-classpath -pl cluster,agent,fleet -am
	@lab/fuzz $(MINUTES) target/fuzz "$(ONLY)"

ROUNDS  := 3
SECONDS := 2
PARTS   := load failover redispatch calm idle
# Idle clusters: the minutes after the start at which the minute before is measured; nodes and frontends.
IDLE_MINUTES  := 1 10
IDLE_CLUSTERS := 3x1 5x1 7x1 3x10
SAMPLES := target/bench/samples.tsv

bench: ## measure beside haproxy and keepalived, and write docs/performance.md (ROUNDS=3 SECONDS=2 PARTS="load failover redispatch calm idle"; ADD=yes keeps earlier samples)
	@lab/install-packages bench
	@$(MAVEN) --quiet package -Dmaven.test.skip -pl agent -am
	@$(if $(ADD),:,rm -f $(SAMPLES))
	@$(AS_ROOT) $(LAB) io.jenkins.plugins.baton.lab.bench.Bench $(AGENT) $(SAMPLES) docs $(ROUNDS) $(SECONDS) "$(IDLE_MINUTES)" "$(IDLE_CLUSTERS)" $(PARTS)

clean: ## remove all build results
	@$(AS_ROOT) find . -type d -name target -not -path './.git/*' -prune -exec rm -rf {} +
