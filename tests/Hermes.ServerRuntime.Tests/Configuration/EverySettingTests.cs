using Hermes.Runtime.Configuration;
using Hermes.ServerRuntime.Configuration;
using Hermes.TestSupport;
using Microsoft.Extensions.Configuration;

namespace Hermes.ServerRuntime.Tests.Configuration;

public class EverySettingTests
{
    public static TheoryData<string> Settings => new(
    [
        .. OptionValues.NamesOf(typeof(HermesServerOptions)),
        .. OptionValues.NamesOf(typeof(RemovalGuardOptions)).Select(name => $"RemovalGuard:{name}"),
        .. OptionValues.NamesOf(typeof(AttributeGuardOptions)).Select(name => $"RemovalGuard:Attributes:{name}"),
        .. OptionValues.NamesOf(typeof(RetryOptions)).Select(name => $"Retry:{name}"),
    ]);

    [Theory]
    [MemberData(nameof(Settings))]
    public void What_can_be_set_in_code_can_be_set_in_the_configuration(string path)
    {
        var (options, errors) = (new HermesServerOptions(), new ConfigurationErrors("Server"));
        var (type, before) = Find(new HermesServerOptions(), path);

        Read(options, errors, KeyValuePair.Create<string, string?>($"Server:{path}", OptionValues.Another(type, before)));

        errors.Count.Should().Be(0);
        Find(options, path).Value.Should().NotBe(before);
    }

    [Fact]
    public void Exceptions_from_the_guard_of_attributes_are_read_from_the_configuration()
    {
        var (options, errors) = (new HermesServerOptions(), new ConfigurationErrors("Server"));

        Read(
            options,
            errors,
            KeyValuePair.Create<string, string?>("Server:RemovalGuard:Attributes:Except:0", "Cards"),
            KeyValuePair.Create<string, string?>("Server:RemovalGuard:Attributes:Except:1", "Users.room"));

        errors.Count.Should().Be(0);
        options.RemovalGuard.Attributes.Except.Should().Equal("Cards", "Users.room");
    }

    private static void Read(HermesServerOptions options, ConfigurationErrors errors, params KeyValuePair<string, string?>[] settings) =>
        ServerSectionReader.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("Server"), options, new ServerPartSections(), errors);

    private static (Type Type, object? Value) Find(object options, string path)
    {
        (Type Type, object? Value) found = (options.GetType(), options);
        foreach (var name in path.Split(':'))
        {
            var property = found.Type.GetProperty(name)!;
            found = (property.PropertyType, property.GetValue(found.Value));
        }

        return found;
    }
}
