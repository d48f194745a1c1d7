# RabbitMQ, with a port mapper of its own (epmd), so that it meets no other Erlang program of the machine.
start_rabbitmq() {
  local port password mapper folder=$data/rabbitmq
  port=$(free_port) password=$(secret) mapper=$(free_port)
  mkdir "$folder"
  export ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$mapper
  export RABBITMQ_NODENAME=campus@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$port RABBITMQ_DIST_PORT=$(free_port)
  export RABBITMQ_MNESIA_BASE=$folder/data RABBITMQ_LOG_BASE=$folder/log RABBITMQ_CONF_ENV_FILE=/dev/null
  export RABBITMQ_CONFIG_FILE=$folder/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$folder/enabled_plugins
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
  echo '[].' >"$folder/enabled_plugins"
  printf '%s\n' "listeners.tcp.1 = 127.0.0.1:$port" 'default_user = hermes' "default_pass = $password" 'log.console = false' \
    'vm_memory_high_watermark.absolute = 1GB' 'disk_free_limit.absolute = 50MB' >"$folder/rabbitmq.conf"
  launch epmd KILL epmd -port "$mapper" -address 127.0.0.1
  launch rabbitmq KILL env HOME="$folder" rabbitmq-server

  export Hermes__Servers__campus__Bus__Port=$port Hermes__Servers__campus__Bus__Password=$password
  export Hermes__Clients__directory__Bus__Port=$port Hermes__Clients__directory__Bus__Password=$password
}

# Its port opens before queues can be used; asking for their state waits for that.
wait_for_rabbitmq() { wait_for rabbitmq env HOME="$data/rabbitmq" rabbitmqctl -q list_queues name state; }
