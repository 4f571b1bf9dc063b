//! Objects in namespaces other than `default`, as the documentation's tasks make them.

use lifepod::base::SimTime;
use lifepod::session::{Command, Session};

const SHOP: &str = "\
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {greeting: hello}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: app
        image: busybox
        command: [\"sh\", \"-c\", \"echo $GREETING from $PLACE; exec httpd -f -p 80\"]
        env:
        - {name: GREETING, valueFrom: {configMapKeyRef: {name: settings, key: greeting}}}
        - {name: PLACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
";

fn at(text: &str, seconds: u64) -> Session {
    let mut session = Session::new();
    session.apply(Command::Restart);
    session.apply(Command::SetText(text.into()));
    session.apply(Command::Apply);
    assert_eq!(session.editor().refused, None);
    later(&mut session, seconds);
    session
}

fn later(session: &mut Session, seconds: u64) {
    let now = session.transport().cursor;
    session.apply(Command::Seek(now + SimTime::secs(seconds)));
}

fn kubectl(session: &mut Session, line: &str) -> String {
    session.apply(Command::Kubectl(line.into()));
    session.transport().echo.last().expect("it is echoed").answer.clone()
}

#[test]
fn what_a_namespace_holds_is_found_in_it_and_nowhere_else() {
    let mut session = at(SHOP, 10);
    let pods = kubectl(&mut session, "get pods -n shop -o name");
    assert_eq!(pods.lines().count(), 2, "{pods}");
    assert_eq!(kubectl(&mut session, "get pods"), "No resources found in default namespace.\n");
    let elsewhere = kubectl(&mut session, "get pods -n nowhere");
    assert_eq!(elsewhere, "No resources found in nowhere namespace.\n");
    let all = kubectl(&mut session, "get deploy -A");
    assert!(all.starts_with("NAMESPACE   NAME") && all.contains("\nshop        web "), "{all}");
    let logs = kubectl(&mut session, "logs deploy/web --namespace=shop");
    assert!(logs.ends_with("hello from shop\n"), "{logs}");
    let logs = kubectl(&mut session, "logs deploy/web");
    let unknown = "error: error from server (NotFound): deployments.apps \"web\" not found in \
                   namespace \"default\"\n";
    assert_eq!(logs, unknown);
    let slice = kubectl(&mut session, "get endpoints web -n shop -o jsonpath={.subsets}");
    assert!(slice.matches("\"namespace\":\"shop\"").count() == 2, "{slice}");
    let pod = pods.lines().next().expect("one").to_string();
    let events = kubectl(&mut session, &format!("describe {pod} -n shop"));
    assert!(events.contains("Successfully assigned shop/web-"), "{events}");
    for line in [format!("delete {pod}"), format!("label {pod} a=b"), format!("exec {pod} -- ls")] {
        let answer = kubectl(&mut session, &line);
        assert!(answer.contains("(NotFound)"), "{line}: {answer}");
    }
    let inside = format!("exec {pod} -n shop -- sh -c 'nslookup web; cat /etc/resolv.conf'");
    kubectl(&mut session, &inside);
    later(&mut session, 1);
    let found = session.transport().echo.last().expect("it is echoed").answer.clone();
    assert!(found.contains("web.shop.svc.cluster.local"), "{found}");
    assert!(found.contains("search shop.svc.cluster.local svc.cluster.local"), "{found}");
}

#[test]
fn a_service_a_quota_and_a_config_map_are_about_their_own_namespace() {
    let other = "
---
apiVersion: v1
kind: Pod
metadata: {name: stray, labels: {app: web}}
spec:
  containers:
  - name: app
    image: busybox
    command: [sleep, \"600\"]
    env:
    - {name: GREETING, valueFrom: {configMapKeyRef: {name: settings, key: greeting}}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: few, namespace: shop}
spec: {hard: {pods: \"2\"}}
";
    let mut session = at(&[SHOP, other].concat(), 10);
    let slice = kubectl(&mut session, "get endpoints web -n shop -o jsonpath={.subsets}");
    assert!(!slice.contains("stray") && slice.contains("web-"), "{slice}");
    let stray = kubectl(&mut session, "get pod stray");
    assert!(stray.contains("CreateContainerConfigError"), "{stray}");
    let quota = kubectl(&mut session, "get quota few -n shop -o jsonpath={.status.used.pods}");
    assert_eq!(quota, "2");
    let all = kubectl(&mut session, "get pods -A --no-headers");
    let homes: Vec<&str> = all.lines().filter_map(|l| l.split_whitespace().next()).collect();
    assert_eq!(homes, ["default", "shop", "shop"], "by namespace, then by name");
    let told = kubectl(&mut session, "describe ns shop");
    let quotas = "\nResource Quotas\n  Name:     few\n  Resource  Used  Hard\n  --------  ---   ---\n  \
                  pods      2     2\n\nNo LimitRange resource.\n";
    assert!(told.ends_with(quotas), "{told}");
    let accounts = kubectl(&mut session, "get sa,cm -n shop -o name");
    let each = "serviceaccount/default\nconfigmap/kube-root-ca.crt\nconfigmap/settings\n";
    assert_eq!(accounts, each);
    let third = kubectl(&mut session, "run third --image=busybox -n shop");
    assert!(third.contains("exceeded quota: few"), "{third}");
    assert_eq!(kubectl(&mut session, "run third --image=busybox"), "pod/third created\n");
    let pods = session.transport();
    assert_eq!(pods.get_pods_args, "get pods -A");
    assert!(pods.get_pods.starts_with("NAMESPACE"), "{}", pods.get_pods);
}

#[test]
fn one_goes_through_a_task_of_the_documentation() {
    let text = "\
apiVersion: v1
kind: Pod
metadata: {name: qos-demo, namespace: qos-example}
spec:
  containers:
  - name: app
    image: nginx
    resources: {limits: {memory: 200Mi, cpu: 700m}, requests: {memory: 200Mi, cpu: 700m}}
";
    let mut session = Session::new();
    session.apply(Command::Restart);
    session.apply(Command::SetText(text.into()));
    session.apply(Command::Apply);
    let refused = session.editor().refused.clone().unwrap_or_default();
    assert!(refused.contains("namespaces \"qos-example\" not found"), "{refused}");
    let made = kubectl(&mut session, "create namespace qos-example");
    assert_eq!(made, "namespace/qos-example created\n");
    let applied = kubectl(&mut session, "apply -f qos-pod.yaml --namespace=qos-example");
    assert_eq!(applied, "pod/qos-demo created\n");
    later(&mut session, 5);
    let line = "get pod qos-demo --namespace=qos-example -o jsonpath={.status.qosClass}";
    assert_eq!(kubectl(&mut session, line), "Guaranteed");
    assert_eq!(session.transport().get_pods_args, "get pods -n qos-example");
    session
        .apply(Command::Delete { pod: "qos-demo".into(), mode: lifepod::session::DeleteMode::Now });
    let echo = session.transport().echo.last().cloned().expect("it is echoed");
    assert_eq!(echo.args, "delete pod qos-demo --now --wait=false -n qos-example");
    assert_eq!(echo.answer, "pod \"qos-demo\" deleted from qos-example namespace\n");
}

#[test]
fn a_namespace_takes_everything_with_it() {
    let mut session = at(SHOP, 10);
    assert_eq!(kubectl(&mut session, "delete namespace shop"), "namespace \"shop\" deleted\n");
    let spaces = kubectl(&mut session, "get ns shop");
    assert!(spaces.contains("Terminating"), "{spaces}");
    let late = kubectl(&mut session, "run late --image=busybox -n shop");
    let why = "unable to create new content in namespace shop because it is being terminated";
    assert!(late.contains(why), "{late}");
    later(&mut session, 40);
    let gone = kubectl(&mut session, "get ns shop");
    assert_eq!(gone, "Error from server (NotFound): namespaces \"shop\" not found\n");
    assert_eq!(
        kubectl(&mut session, "get pods,svc,cm -n shop"),
        "No resources found in shop namespace.\n"
    );
    let immortal = kubectl(&mut session, "delete ns default");
    assert!(immortal.contains("this namespace may not be deleted"), "{immortal}");
}

#[test]
fn one_name_in_two_namespaces_is_refused_and_said() {
    let mut session = at(SHOP, 3);
    let second = kubectl(&mut session, "create configmap settings --from-literal=a=b");
    assert!(second.contains("is in the namespace shop: give this one another name"), "{second}");
}
