//! Start scripts and files of images, shortened to what can be seen from outside.
//!
//! Source: docker-library's `docker-entrypoint.sh` of each image.

use crate::shell::files::FileSystem;
use crate::shell::images::profile::Profile;

/// What they have in common: the script makes way for the program, which is PID 1 then.
const EXEC: &str = "exec \"$@\"\n";

const NGINX: &str = r#"if [ "$1" = nginx ] && [ -z "$NGINX_ENTRYPOINT_QUIET_LOGS" ]; then
  d=/docker-entrypoint
  echo "$0: $d.d/ is not empty, will attempt to perform configuration"
  echo "$0: Looking for shell scripts in $d.d/"
  echo "$0: Launching $d.d/10-listen-on-ipv6-by-default.sh"
  echo "10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf"
  echo "10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf"
  echo "$0: Sourcing $d.d/15-local-resolvers.envsh"
  echo "$0: Launching $d.d/20-envsubst-on-templates.sh"
  echo "$0: Launching $d.d/30-tune-worker-processes.sh"
  echo "$0: Configuration complete; ready for start up"
fi
exec "$@"
"#;

/// A first word that is no command is an argument of `%`.
const ARGUMENT: &str = r#"case "$1" in
  -*|*.conf|*.yml|*.yaml) set -- % "$@";;
  *) command -v "$1" >/dev/null || set -- % "$@";;
esac
exec "$@"
"#;

const POSTGRES: &str = r#"case "$1" in -*) set -- postgres "$@";; esac
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ]; then
    cat >&2 <<'E'
Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".
E
    exit 1
  fi
  mkdir -p "$PGDATA"
  sleep 1.5
  echo "$PG_MAJOR" > "$PGDATA/PG_VERSION"
  printf '\nPostgreSQL init process complete; ready for start up.\n\n'
fi
exec "$@"
"#;

/// MySQL's and MariaDB's: `@` is the prefix of the variables.
const MYSQL: &str = r#"case "$1" in -*) set -- % "$@";; esac
if [ "$1" = % ] && [ ! -d /var/lib/mysql/mysql ]; then
  if ! env | grep -qE '^(MYSQL|MARIADB)_(ROOT_PASSWORD|ALLOW_EMPTY|RANDOM_ROOT).*=.'; then
    cat >&2 <<'E'
[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified
    You need to specify one of the following as an environment variable:
    - @_ROOT_PASSWORD
    - @_ALLOW_EMPTY_PASSWORD
    - @_RANDOM_ROOT_PASSWORD
E
    exit 1
  fi
  echo "[Note] [Entrypoint]: Initializing database files"
  sleep 5
  mkdir -p /var/lib/mysql/mysql
  echo "[Note] [Entrypoint]: @ init process done. Ready for start up."
fi
exec "$@"
"#;

/// The start script of an image.
pub fn entrypoint(profile: &Profile) -> String {
    let program = profile.cmd.first().map_or("", |c| c.as_str());
    let text = match program {
        "nginx" => NGINX,
        "postgres" => POSTGRES,
        "mysqld" | "mariadbd" => MYSQL,
        "bash" | "apache2-foreground" | "php-fpm" | "php" => EXEC,
        _ => ARGUMENT,
    };
    let program = match program {
        "/etc/docker/registry/config.yml" => "registry serve",
        program => program,
    };
    let prefix = if program == "mysqld" { "MYSQL" } else { "MARIADB" };
    let text = match prefix {
        "MYSQL" => text.to_string(),
        _ => text.replace("EMPTY_P", "EMPTY_ROOT_P"),
    };
    text.replace('%', program)
        .replace("@_", &format!("{prefix}_"))
        .replace("@ ", &format!("{prefix} "))
}

const PAGE: &str = "<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n<style>\n\
    html { color-scheme: light dark; }\nbody { width: 35em; margin: 0 auto;\n\
    font-family: Tahoma, Verdana, Arial, sans-serif; }\n</style>\n</head>\n<body>\n\
    <h1>Welcome to nginx!</h1>\n\
    <p>If you see this page, the nginx web server is successfully installed and\n\
    working. Further configuration is required.</p>\n\n\
    <p>For online documentation and support please refer to\n\
    <a href=\"http://nginx.org/\">nginx.org</a>.<br/>\nCommercial support is available at\n\
    <a href=\"http://nginx.com/\">nginx.com</a>.</p>\n\n\
    <p><em>Thank you for using nginx.</em></p>\n</body>\n</html>\n";

const NGINX_CONF: &str = "user  nginx;\nworker_processes  auto;\n\n\
    error_log  /var/log/nginx/error.log notice;\npid        /var/run/nginx.pid;\n\n\
    events {\n    worker_connections  1024;\n}\n\nhttp {\n\
    \x20   include /etc/nginx/conf.d/*.conf;\n}\n";

/// Adds the files that an image has beside its programs.
pub fn files(profile: &Profile, files: &mut FileSystem) {
    let has = |name: &str| profile.programs.iter().any(|p| p.ends_with(name));
    if has("/nginx") {
        // The page of nginx 1.22 is that of the recordings, whose image was made for them.
        let page = if profile.newest == "1.22" { "<h1>Welcome to nginx!</h1>\n" } else { PAGE };
        let port = if profile.user.is_empty() { 80 } else { 8080 };
        files.put_text("/usr/share/nginx/html/index.html", page);
        files.put_text("/etc/nginx/nginx.conf", NGINX_CONF);
        let server = format!(
            "server {{\n    listen       {port};\n    server_name  localhost;\n\n    location / {{\n\
             \x20       root   /usr/share/nginx/html;\n        index  index.html index.htm;\n    }}\n}}\n"
        );
        files.put_text("/etc/nginx/conf.d/default.conf", &server);
        files.make_dirs("/docker-entrypoint.d");
        files.make_dirs("/var/log/nginx");
    }
    if has("/httpd-foreground") {
        let page = "<html><body><h1>It works!</h1></body></html>\n";
        files.put_text("/usr/local/apache2/htdocs/index.html", page);
    }
    files.make_dirs(profile.cwd);
}
