namespace Hermes.Tool.Import;

/// <summary>The message bus of a server or client.</summary>
internal static class BusImport
{
    /// <summary>Reads <c>hermes.plugins.messagebus</c>.</summary>
    /// <param name="hermes">The section <c>hermes</c>.</param>
    /// <param name="wait">How long a client waits for messages; null for a server.</param>
    public static ImportedSection Read(PythonSection hermes, TimeSpan? wait)
    {
        var plugins = hermes.Section("plugins").Section("messagebus");
        var bus = new ImportedSection();
        foreach (var (name, plugin) in plugins.Sections())
        {
            var settings = plugin.Section("settings");
            if (!bus.IsEmpty)
                plugins.Note(name, "There is one message bus.", "The first one is taken.");
            else if (name == "sqlite")
                bus.Set("Kind", "Sqlite").Set("Path", settings.Text("uri")).Set("RetentionAge", Intervals.Days(settings, "retention_in_days")).Set("PollInterval", wait);
            else if (name == "kafka")
                ReadKafka(settings, bus);
            else
                plugins.Note(name, "There is no counterpart of this message bus.", "Write the settings of one of ours: Sqlite, Kafka or RabbitMq.");
        }

        return bus;
    }

    private static void ReadKafka(PythonSection settings, ImportedSection bus)
    {
        settings.Without("The version of the brokers is asked for.", "api_version");
        settings.Without("No consumer group is joined: the offset is kept in the client's state.", "group_id");
        bus.Set("Kind", "Kafka").Set("BootstrapServers", string.Join(',', settings.Texts("servers"))).Set("Topic", settings.Text("topic"))
            .Set("MaxMessageBytes", settings.Text("max_request_size"));
        if (!settings.Has("ssl"))
            return;
        var ssl = settings.Section("ssl");
        bus.Set("Security", "Tls").Set("TlsAuthorityFile", ssl.Text("cafile")).Set("TlsCertificateFile", ssl.Text("certfile")).Set("TlsKeyFile", ssl.Text("keyfile"));
    }
}
