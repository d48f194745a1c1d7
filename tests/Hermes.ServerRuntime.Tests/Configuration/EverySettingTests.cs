using Hermes.Runtime.Configuration;
using Hermes.ServerRuntime.Configuration;
using Hermes.TestSupport;
using Microsoft.Extensions.Configuration;

namespace Hermes.ServerRuntime.Tests.Configuration;

public class EverySettingTests
{
    public static TheoryData<string> Settings => new(OptionValues.NamesOf(typeof(HermesServerOptions)));

    [Theory]
    [MemberData(nameof(Settings))]
    public void What_can_be_set_in_code_can_be_set_in_the_configuration(string name)
    {
        var property = typeof(HermesServerOptions).GetProperty(name)!;
        var (before, options, errors) = (property.GetValue(new HermesServerOptions()), new HermesServerOptions(), new ConfigurationErrors("Server"));
        var section = new ConfigurationBuilder().AddInMemoryCollection([new($"Server:{name}", OptionValues.Another(property.PropertyType, before))]).Build().GetSection("Server");

        ServerSectionReader.Read(section, options, new ServerPartSections(), errors);

        errors.Count.Should().Be(0);
        property.GetValue(options).Should().NotBe(before);
    }
}
