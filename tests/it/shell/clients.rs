//! Commands over the network, against what busybox and curl printed in an empty network namespace
//! (recorded with busybox 1.35 and curl 7.88; wget's `-T`, nc's `-z`, `-v`, `-k` and curl's newer
//! words are from the sources).

use super::simulate::Machine;
use lifepod::base::SimTime;
use lifepod::shell::{Node, NodeKind, Pid};

/// A web server with some files, then the script.
fn served(script: &str) -> (String, String, i64) {
    let before = "mkdir -p /www/sub /www/cgi-bin; cd /www; echo hello >index.html; echo data >a.txt
        printf '#!/bin/sh\\necho\\necho \"m=$REQUEST_METHOD q=$QUERY_STRING\"; cat\\n' >cgi-bin/t
        chmod +x cgi-bin/t; httpd -p 8080; cd /tmp; U=http://127.0.0.1:8080\n";
    let mut machine = Machine::script(&format!("{before}{script}"));
    let curl = Node::new(NodeKind::Binary("curl".into()), 0o755, SimTime::ZERO);
    machine.kernel.files_mut().put("/usr/bin/curl", curl);
    machine.run_until(SimTime::secs(100));
    let exit = machine.code(Pid::INIT).map_or(-1, i64::from);
    (machine.out, machine.err, exit)
}

fn check(script: &str, out: &str, err: &str, code: i64) {
    assert_eq!(served(script), (out.to_string(), err.to_string(), code), "{script}");
}

#[test]
fn wget_prints_and_ends_as_busybox_does() {
    let connecting = "Connecting to 127.0.0.1:8080 (127.0.0.1:8080)\n";
    let done = "100% |********************************|";
    let not_found = "wget: server returned error: HTTP/1.1 404 Not Found\n";
    check("wget -qO- $U/a.txt", "data\n", "", 0);
    check("wget -q -O - $U", "hello\n", "", 0);
    check("wget -qO- 127.0.0.1:8080/a.txt", "data\n", "", 0);
    let told = format!(
        "{connecting}writing to stdout\n-                    {done}     5  0:00:00 ETA\nwritten to stdout\n"
    );
    check("wget -O - $U/a.txt", "data\n", &told, 0);
    let told = format!(
        "{connecting}saving to 'index.html'\nindex.html           {done}     6  0:00:00 ETA\n\
         'index.html' saved\n"
    );
    check("wget $U/; cat index.html", "hello\n", &told, 0);
    check("touch a.txt; wget -q $U/a.txt", "", "wget: can't open 'a.txt': File exists\n", 1);
    check("wget --spider $U/a.txt", "", &format!("{connecting}remote file exists\n"), 0);
    check("wget -q --spider $U/nope", "", not_found, 1);
    check("wget -O- $U/nope", "", &format!("{connecting}{not_found}"), 1);
    let refused = "wget: can't connect to remote host (127.0.0.1): Connection refused\n";
    check("wget -qO- http://127.0.0.1:81/", "", refused, 1);
    let told = format!("Connecting to localhost:81 (127.0.0.1:81)\n{refused}");
    check("wget -O- http://localhost:81/", "", &told, 1);
    check("wget -qO- ftp2://x/", "", "wget: not an http or ftp url: ftp2://x/\n", 1);
    check("wget -qO- http://nosuch/", "", "wget: bad address 'nosuch'\n", 1);
    check("wget -qO- $U/sub", "", not_found, 1);
    check(
        "wget -qO /no/x $U/a.txt",
        "",
        "wget: can't open '/no/x': No such file or directory\n",
        1,
    );
    check("wget -qO- --post-data x=1 $U/cgi-bin/t?a=b", "m=POST q=a=b\nx=1", "", 0);
}

#[test]
fn answers_that_are_none_end_a_client() {
    let late = "nc -l -p 9000 >/dev/null & sleep 1; ";
    check(
        &format!("{late}wget -qO- -T 1 http://127.0.0.1:9000/"),
        "",
        "wget: error getting response\n",
        1,
    );
    let slow = "sleep 5 | nc -l -p 9000 >/dev/null & sleep 1; ";
    check(
        &format!("{slow}wget -qO- -T 1 http://127.0.0.1:9000/"),
        "",
        "wget: download timed out\n",
        1,
    );
    let curl = "curl: (28) Operation timed out after 1001 milliseconds with 0 bytes received\n";
    check(&format!("{slow}curl -sS -m 1 http://127.0.0.1:9000/"), "", curl, 28);
    let junk = "printf 'junk\\r\\n\\r\\n' | nc -l -p 9000 >/dev/null & sleep 1; ";
    check(
        &format!("{junk}wget -qO- http://127.0.0.1:9000/"),
        "",
        "wget: error getting response\n",
        1,
    );
    let curl = "curl: (1) Received HTTP/0.9 when not allowed\n";
    check(&format!("{junk}curl -sS http://127.0.0.1:9000/"), "", curl, 1);
    let empty = "nc -l -p 9000 </dev/null >/dev/null & sleep 1; ";
    let curl = "curl: (52) Empty reply from server\n";
    check(&format!("{empty}curl -sS http://127.0.0.1:9000/"), "", curl, 52);
    let short = "printf 'HTTP/1.1 200 OK\\r\\nContent-Length: 10\\r\\n\\r\\nabc' | nc -l -p 9000 >/dev/null &\
         sleep 1; ";
    let told = "Connecting to 127.0.0.1:9000 (127.0.0.1:9000)\nwriting to stdout\n\
        wget: connection closed prematurely\n";
    check(&format!("{short}wget -O- http://127.0.0.1:9000/"), "abc", told, 1);
    let curl = "curl: (18) end of response with 7 bytes missing\n";
    check(&format!("{short}curl -sS http://127.0.0.1:9000/"), "abc", curl, 18);
}

#[test]
fn curl_has_its_exit_codes_and_words() {
    check("curl -s $U/a.txt", "data\n", "", 0);
    let refused = "curl: (7) Failed to connect to 127.0.0.1 port 81 after 0 ms: \
        Could not connect to server\n";
    check("curl -sS http://127.0.0.1:81/", "", refused, 7);
    check("curl -s http://127.0.0.1:81/", "", "", 7);
    check("curl -sS http://nosuch/", "", "curl: (6) Could not resolve host: nosuch\n", 6);
    let gone = "curl: (22) The requested URL returned error: 404\n";
    check("curl -sSf $U/nope", "", gone, 22);
    check("curl -s -o /dev/null -w '%{http_code}\\n' $U/nope", "404\n", "", 0);
    check("curl -s -o /dev/null -w '%{http_code}\\n' http://127.0.0.1:81/", "000\n", "", 7);
    let fields = "'%{http_code} %{size_download} %{remote_ip} %{url_effective}\\n'";
    let line = "302 0 127.0.0.1 http://127.0.0.1:8080/sub\n";
    check(&format!("curl -s -o /dev/null -w {fields} $U/sub"), line, "", 0);
    check("curl -sS -d x=1 $U/cgi-bin/t", "m=POST q=\nx=1", "", 0);
    check("curl -sI $U/nope | head -1", "HTTP/1.1 404 Not Found\r\n", "", 0);
    check("curl -sS ftp2://x/", "", "curl: (1) Protocol \"ftp2\" not supported\n", 1);
}

/// What 7.88 sent, recorded; only the boundary of a form is not drawn here.
#[test]
fn curl_sends_what_is_asked_for() {
    let sent = |command: &str| {
        let script = format!(
            "nc -l -p 9000 > got & sleep 1; printf 'a b&c\\nd' > g.txt; curl -s -m 1 {command}; \
             tr -d '\\r' < got | grep -v -e ^Host -e ^User -e '^Accept: \\*/\\*'"
        );
        served(&script.replace("$W", "http://127.0.0.1:9000")).0
    };
    let form = "Content-Type: application/x-www-form-urlencoded\n\n";
    let text = sent("-d @g.txt -d y=2 $W/");
    assert_eq!(text, format!("POST / HTTP/1.1\nContent-Length: 10\n{form}a b&cd&y=2\n"));
    let text = sent("--data-binary @g.txt $W/");
    assert_eq!(text, format!("POST / HTTP/1.1\nContent-Length: 7\n{form}a b&c\nd\n"));
    let text = sent("--data-urlencode 'q=a b&c' --data-urlencode é $W/");
    assert_eq!(text, format!("POST / HTTP/1.1\nContent-Length: 16\n{form}q=a+b%26c&%C3%A9\n"));
    assert_eq!(sent("-G -d a=1 -d b=2 '$W/x?z=1'"), "GET /x?z=1&a=1&b=2 HTTP/1.1\n\n");
    let text = sent("--json '{\"a\":1}' $W/");
    let json = "Accept: application/json\nContent-Length: 7\nContent-Type: application/json\n\n";
    assert_eq!(text, format!("POST / HTTP/1.1\n{json}{{\"a\":1}}\n"));
    let text = sent("-u me:pw -b a=1 -e http://r/ -X DELETE $W/");
    let head = "Authorization: Basic bWU6cHc=\nReferer: http://r/\nCookie: a=1\n";
    assert_eq!(text, format!("DELETE / HTTP/1.1\n{head}\n"));
    assert_eq!(sent("-T g.txt $W/up/"), "PUT /up/g.txt HTTP/1.1\nContent-Length: 7\n\na b&c\nd\n");
    let text = sent("-F x=1 -F f=@g.txt -F 't=<g.txt' $W/");
    let parts: Vec<&str> = text.split("--------------------------5f2d8c1b9a3e4706").collect();
    assert_eq!(parts[1], "\nContent-Disposition: form-data; name=\"x\"\n\n1\n", "{text}");
    let file = "\nContent-Disposition: form-data; name=\"f\"; filename=\"g.txt\"\n\
        Content-Type: text/plain\n\na b&c\nd\n";
    assert_eq!(parts[2], file);
    assert_eq!(parts[3], "\nContent-Disposition: form-data; name=\"t\"\n\na b&c\nd\n");
    assert_eq!(parts[4], "--\n");
    check(
        "curl -sS -d @none $U/",
        "",
        "curl: (26) Failed to open/read local data from file/application\n",
        26,
    );
    let help = "curl: option --foo: is unknown\ncurl: try 'curl --help' for more information\n";
    check("curl --foo $U/", "", help, 2);
}

#[test]
fn curl_tries_again() {
    let refused = "curl: (7) Failed to connect to 127.0.0.1 port 81 after 0 ms: \
        Could not connect to server\n";
    let again = "Warning: Problem: connection refused. Will retry in";
    let told = format!(
        "{refused}{again} 1 second. 2 retries left.\n{refused}{again} 2 seconds. 1 retry left.\n{refused}"
    );
    let curl = "curl --no-progress-meter --retry 2 --retry-connrefused";
    check(&format!("{curl} http://127.0.0.1:81/"), "", &told, 7);
    check("curl -sS --retry 2 http://127.0.0.1:81/", "", refused, 7);
    let late = "(sleep 4; httpd -p 81 -h /www) & ";
    check(
        &format!(
            "{late}curl -s --retry 9 --retry-delay 3 --retry-connrefused http://127.0.0.1:81/"
        ),
        "hello\n",
        "",
        0,
    );
}

#[test]
fn nc_connects_listens_and_runs_programs() {
    check("nc -z 127.0.0.1 8080", "", "", 0);
    check("nc -zv 127.0.0.1 8080", "", "127.0.0.1 (127.0.0.1:8080) open\n", 0);
    check("nc -z -v 127.0.0.1 81", "", "", 1);
    check("nc -zvv 127.0.0.1 81", "", "nc: 127.0.0.1 (127.0.0.1:81): Connection refused\n", 1);
    check("nc nosuch 81", "", "nc: bad address 'nosuch'\n", 1);
    check("nc -l -p 8080", "", "nc: bind: Address already in use\n", 1);
    check("nc -l -p 9000 >got & sleep 1; echo hi | nc 127.0.0.1 9000; cat got", "hi\n", "", 0);
    let echo =
        "nc -lk -p 9000 -e cat & sleep 1; echo a | nc 127.0.0.1 9000; echo b | nc 127.0.0.1 9000";
    check(echo, "a\nb\n", "", 0);
    let script =
        "nc -l -p 9000 -e sh -c 'read x; echo got $x' & sleep 1; echo yo | nc 127.0.0.1 9000";
    check(script, "got yo\n", "", 0);
    let count = "n=$(ps | wc -l)";
    let ask = "nc 127.0.0.1 9000; wget -qO /dev/null $U/cgi-bin/t";
    let zombies = format!(
        "nc -lk -p 9000 -e true & sleep 1; {count}; {ask}; sleep 1; m=$n; {count}; echo $((n - m))"
    );
    check(&zombies, "0\n", "", 0);
    check("sleep 9 | nc -l -p 9000 & sleep 1; nc -w 1 127.0.0.1 9000; echo $?", "0\n", "", 0);
}

#[test]
fn ping_and_the_lists_show_the_namespace() {
    let out = "PING 127.0.0.1 (127.0.0.1): 56 data bytes\n\
        64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.050 ms\n\
        64 bytes from 127.0.0.1: seq=1 ttl=64 time=0.050 ms\n\n\
        --- 127.0.0.1 ping statistics ---\n\
        2 packets transmitted, 2 packets received, 0% packet loss\n\
        round-trip min/avg/max = 0.050/0.050/0.050 ms\n";
    check("ping -c 2 127.0.0.1", out, "", 0);
    let out = "PING 10.1.2.3 (10.1.2.3): 56 data bytes\n\n--- 10.1.2.3 ping statistics ---\n\
        1 packets transmitted, 0 packets received, 100% packet loss\n";
    check("ping -c 1 -W 1 10.1.2.3", out, "", 1);
    check("ping -c 1 nosuch", "", "ping: bad address 'nosuch'\n", 1);
    let out = "Active Internet connections (only servers)\n\
        Proto Recv-Q Send-Q Local Address           Foreign Address         State       \n\
        tcp        0      0 0.0.0.0:8080            0.0.0.0:*               LISTEN      \n";
    check("netstat -tln", out, "", 0);
    check("hostname -i", "127.0.0.1\n", "", 0);
    check("telnet 127.0.0.1 8080", "Connected to 127.0.0.1\n", "", 0);
    let refused = "telnet: can't connect to remote host (127.0.0.1): Connection refused\n";
    check("telnet 127.0.0.1 81", "", refused, 1);
    check("telnet nosuch 81", "", "telnet: bad address 'nosuch'\n", 1);
}

#[test]
fn httpd_serves_files_says_no_and_clashes() {
    check("httpd -f -p 8080", "", "httpd: bind: Address already in use\n", 1);
    let text = "httpd: can't change directory to '/no': No such file or directory\n";
    check("httpd -f -p 81 -h /no", "", text, 1);
    let head = "printf 'GET /sub HTTP/1.1\\r\\n\\r\\n' | nc 127.0.0.1 8080 | head -1";
    check(head, "HTTP/1.1 302 Found\r\n", "", 0);
    let post = "printf 'POST /a.txt HTTP/1.1\\r\\n\\r\\n' | nc 127.0.0.1 8080 | head -1";
    check(post, "HTTP/1.1 501 Not Implemented\r\n", "", 0);
    let junk = "printf 'JUNK\\r\\n\\r\\n' | nc 127.0.0.1 8080 | tail -4";
    let said = "<HTML><HEAD><TITLE>400 Bad Request</TITLE></HEAD>\n\
        <BODY><H1>400 Bad Request</H1>\nUnsupported method\n</BODY></HTML>\n";
    check(junk, said, "", 0);
}
