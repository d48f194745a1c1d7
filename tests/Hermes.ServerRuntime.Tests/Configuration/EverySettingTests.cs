using System.Globalization;
using System.Reflection;
using Hermes.Runtime.Configuration;
using Hermes.ServerRuntime.Configuration;
using Microsoft.Extensions.Configuration;

namespace Hermes.ServerRuntime.Tests.Configuration;

public class EverySettingTests
{
    public static TheoryData<string> Settings => new(SimpleOf(typeof(HermesServerOptions)).Select(property => property.Name));

    [Theory]
    [MemberData(nameof(Settings))]
    public void What_can_be_set_in_code_can_be_set_in_the_configuration(string name)
    {
        var property = typeof(HermesServerOptions).GetProperty(name)!;
        var (before, options, errors) = (property.GetValue(new HermesServerOptions()), new HermesServerOptions(), new ConfigurationErrors("Server"));
        var section = new ConfigurationBuilder().AddInMemoryCollection([new($"Server:{name}", Another(property.PropertyType, before))]).Build().GetSection("Server");

        ServerSectionReader.Read(section, options, new ServerPartSections(), errors);

        errors.Count.Should().Be(0);
        property.GetValue(options).Should().NotBe(before);
    }

    private static IEnumerable<PropertyInfo> SimpleOf(Type type) => type.GetProperties().Where(property => property.CanWrite);

    private static string Another(Type type, object? before) => before switch
    {
        null when type == typeof(string) => new string('k', 40),
        null => "00:00:07",
        bool isSet => isSet ? "false" : "true",
        int number => (number + 1).ToString(CultureInfo.InvariantCulture),
        TimeSpan time => (time + TimeSpan.FromSeconds(1)).ToString("c", CultureInfo.InvariantCulture),
        Enum => Enum.GetNames(type).First(name => name != before.ToString()),
        _ => throw new InvalidOperationException($"No value is known for a {type}."),
    };
}
