using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Hermes.TestSupport.Servers;

namespace Hermes.Kafka.Tests;

/// <summary>
/// The mock cluster of librdkafka: one broker that speaks the protocol of Kafka on a port of 127.0.0.1, and keeps the last 5 MB of each
/// partition in memory. It knows neither security nor the making of topics.
/// </summary>
public sealed class MockCluster : ITestServer<MockCluster>
{
    private const string Library = "librdkafka";
    private const int Producer = 0;
    private const int Broker = 1;

    private readonly nint _client;
    private readonly nint _cluster;

    // The package brings several builds for Linux, and Confluent.Kafka takes the first of them whose own libraries are on the machine. So does this.
    static MockCluster() =>
        NativeLibrary.SetDllImportResolver(typeof(MockCluster).Assembly, (name, assembly, path) => name == Library ? Load(assembly, path) : 0);

    private MockCluster()
    {
        var error = new byte[512];
        _client = NewClient(Producer, NewConfiguration(), error, error.Length);
        if (_client == 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(error).TrimEnd('\0'));
        _cluster = NewCluster(_client, Broker);
        BootstrapServers = Marshal.PtrToStringUTF8(Bootstraps(_cluster))!;
    }

    /// <summary>The address of the broker.</summary>
    public string BootstrapServers { get; }

    /// <inheritdoc/>
    public static Task<MockCluster> StartAsync(CancellationToken cancellationToken) => Task.FromResult(new MockCluster());

    /// <summary>Makes a topic.</summary>
    public void CreateTopic(string topic, int partitions = 1) => Check(CreateTopic(_cluster, topic, partitions, 1));

    /// <summary>Breaks all connections and accepts no new ones.</summary>
    public void TakeDown() => Check(SetDown(_cluster, Broker));

    /// <summary>Accepts connections again; the messages are still there.</summary>
    public void BringUp() => Check(SetUp(_cluster, Broker));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        DestroyCluster(_cluster);
        DestroyClient(_client);
        return ValueTask.CompletedTask;
    }

    private static nint Load(Assembly assembly, DllImportSearchPath? path) =>
        new[] { Library, $"centos8-{Library}", $"alpine-{Library}" }
            .Select(build => NativeLibrary.TryLoad(build, assembly, path, out var handle) ? handle : 0)
            .FirstOrDefault(handle => handle != 0);

    private static void Check(int result)
    {
        if (result != 0)
            throw new InvalidOperationException($"The mock cluster answered {result}.");
    }

    [DllImport(Library, EntryPoint = "rd_kafka_conf_new")]
    private static extern nint NewConfiguration();

    [DllImport(Library, EntryPoint = "rd_kafka_new")]
    private static extern nint NewClient(int type, nint configuration, byte[] error, nint errorSize);

    [DllImport(Library, EntryPoint = "rd_kafka_destroy")]
    private static extern void DestroyClient(nint client);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    private static extern nint NewCluster(nint client, int brokers);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static extern void DestroyCluster(nint cluster);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static extern nint Bootstraps(nint cluster);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_topic_create")]
    private static extern int CreateTopic(nint cluster, [MarshalAs(UnmanagedType.LPUTF8Str)] string topic, int partitions, int replicas);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static extern int SetDown(nint cluster, int broker);

    [DllImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static extern int SetUp(nint cluster, int broker);
}
