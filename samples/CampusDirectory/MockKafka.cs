using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace CampusDirectory;

/// <summary>
/// For a run without a Kafka of one's own: the mock cluster of librdkafka, one broker in this process that speaks Kafka's protocol and
/// keeps its messages in memory. It cannot be asked to make a topic, so it is made here.
/// </summary>
internal static class MockKafka
{
    private const string Library = "librdkafka";
    private const int Producer = 0;

    // The package brings several builds for Linux, and Confluent.Kafka takes the first of them whose own libraries are on the machine. So does this.
    static MockKafka() =>
        NativeLibrary.SetDllImportResolver(typeof(MockKafka).Assembly, (name, assembly, path) => name == Library ? Load(assembly, path) : 0);

    /// <summary>Starts it for the rest of this process, and lets the settings of server and client point to it.</summary>
    public static void Start(IConfigurationManager configuration, string topic)
    {
        var error = new byte[512];
        var client = NewClient(Producer, NewSettings(), error, error.Length);
        if (client == 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(error).TrimEnd('\0'));
        var cluster = NewCluster(client, 1);
        if (CreateTopic(cluster, topic, 1, 1) != 0)
            throw new InvalidOperationException("The mock cluster of Kafka could not make the topic.");

        var brokers = Marshal.PtrToStringUTF8(Brokers(cluster));
        configuration.AddInMemoryCollection(
        [
            new("Hermes:Servers:campus:Bus:BootstrapServers", brokers),
            new("Hermes:Clients:directory:Bus:BootstrapServers", brokers),
        ]);
    }

    private static nint Load(Assembly assembly, DllImportSearchPath? path) =>
        new[] { Library, $"centos8-{Library}", $"alpine-{Library}" }
            .Select(build => NativeLibrary.TryLoad(build, assembly, path, out var handle) ? handle : 0)
            .FirstOrDefault(handle => handle != 0);

    [DllImport(Library, EntryPoint = "rd_kafka_conf_new")]
    private static extern nint NewSettings();

    [DllImport(Library, EntryPoint = "rd_kafka_new")]
    private static extern nint NewClient(int type, nint settings, byte[] error, nint errorSize);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    private static extern nint NewCluster(nint client, int brokers);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static extern nint Brokers(nint cluster);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_topic_create")]
    private static extern int CreateTopic(nint cluster, [MarshalAs(UnmanagedType.LPUTF8Str)] string topic, int partitions, int replicas);
}
