using Hermes.Ldap.Source;

namespace Hermes.Ldap.Tests.Source;

public class DirectorySchemaTests
{
    [Theory]
    [InlineData("( 2.5.4.3 NAME ( 'cn' 'commonName' ) DESC 'RFC4519: NAME ( 'x' )' SUP name )", "cn commonName")]
    [InlineData("( 0.9.2342.19200300.100.1.1 NAME 'uid' EQUALITY caseIgnoreMatch )", "uid")]
    [InlineData("( 1.2.3 DESC 'nameless' )", "")]
    public void The_names_of_an_attribute_type_are_found(string description, string names) =>
        string.Join(' ', AttributeType.NamesIn(description)).Should().Be(names);
}
