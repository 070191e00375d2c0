//! The content of a value: the elements of a list, the members of an object, the variant of an
//! enum.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::Value;

use super::strict::Strict;
use super::{Place, Step, Stop};
use crate::checklist::near::nearest;
use crate::checklist::problem::{Fault, JsonType};

/// Reads the value one step below another.
fn below<'de, S: DeserializeSeed<'de>>(
    value: &Strict<'de, '_>,
    step: Step,
    given: Option<&'de Value>,
    seed: S,
) -> Result<S::Value, Stop> {
    let place = Place { above: Some(value.place), step };
    seed.deserialize(Strict { given, place: &place, run: value.run })
        .map_err(|stop| stop.at(&place))
}

/// The elements of a list.
pub(super) struct Elements<'de, 'p> {
    list: Strict<'de, 'p>,
    rest: std::iter::Enumerate<std::slice::Iter<'de, Value>>,
}

impl<'de, 'p> Elements<'de, 'p> {
    pub(super) fn new(list: Strict<'de, 'p>, elements: &'de [Value]) -> Self {
        Self { list, rest: elements.iter().enumerate() }
    }
}

impl<'de> SeqAccess<'de> for Elements<'de, '_> {
    type Error = Stop;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Stop> {
        let next = self.rest.next().filter(|_| !self.list.run.is_full());
        let Some((index, element)) = next else { return Ok(None) };
        below(&self.list, Step::Element(index), Some(element), seed).map(Some)
    }
}

/// The members of an object.
pub(super) struct Members<'de, 'p> {
    object: Strict<'de, 'p>,
    rest: std::vec::IntoIter<(&'de str, Option<&'de Value>)>,
    /// The member whose name was read last.
    current: Option<(&'de str, Option<&'de Value>)>,
}

impl<'de, 'p> Members<'de, 'p> {
    pub(super) fn new(
        object: Strict<'de, 'p>,
        members: Vec<(&'de str, Option<&'de Value>)>,
    ) -> Self {
        Self { object, rest: members.into_iter(), current: None }
    }
}

impl<'de> MapAccess<'de> for Members<'de, '_> {
    type Error = Stop;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Stop> {
        self.current = self.rest.next().filter(|_| !self.object.run.is_full());
        let Some((name, _)) = self.current else { return Ok(None) };
        let place = Place { above: Some(self.object.place), step: Step::Member(name) };
        let name: StrDeserializer<'de, Stop> = name.into_deserializer();
        seed.deserialize(name).map(Some).map_err(|stop| stop.at(&place))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Stop> {
        let (name, value) = self.current.unwrap_or_default();
        below(&self.object, Step::Member(name), value, seed)
    }
}

/// A value that is read as an enum: the name of a variant, or an object whose only member has that
/// name. Only serde's request for the content tells which of the two is expected.
pub(super) struct Variant<'de, 'p> {
    pub(super) value: Strict<'de, 'p>,
    pub(super) variants: &'static [&'static str],
}

impl<'de, 'p> Variant<'de, 'p> {
    /// Returns the variant's name, if there is one.
    fn name(&self) -> Option<&'de str> {
        match self.value.given {
            Some(Value::String(text)) => Some(text),
            Some(Value::Object(members)) if members.len() == 1 => {
                members.keys().next().map(String::as_str)
            }
            _ => None,
        }
    }

    fn known(&self) -> Option<&'static str> {
        let name = self.name()?;
        self.variants.iter().copied().find(|variant| *variant == name)
    }

    fn add_unknown(&self, given: &str) {
        self.value.add(Fault::UnknownChoice {
            given: given.to_owned(),
            allowed: self.variants,
            near: nearest(given, self.variants),
        });
    }
}

impl<'de> EnumAccess<'de> for Variant<'de, '_> {
    type Error = Stop;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Stop> {
        // For an unknown name any variant will do: the result is unusable, but reading goes on.
        let name = self.known().or(self.variants.first().copied()).unwrap_or_default();
        let name: StrDeserializer<'de, Stop> = name.into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de, '_> {
    type Error = Stop;

    fn unit_variant(self) -> Result<(), Stop> {
        match self.value.given {
            Some(Value::String(text)) if self.known().is_none() => self.add_unknown(text),
            Some(Value::String(_)) => {}
            _ => self.value.wants(JsonType::Text),
        }
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Stop> {
        let members = self.value.given.and_then(Value::as_object);
        let name = self.known().filter(|_| members.is_some());
        match (self.name(), members) {
            (Some(given), Some(_)) if name.is_none() => self.add_unknown(given),
            (Some(_), Some(_)) => {}
            _ if self.value.given.is_some() => self.value.add(Fault::NotOneOf(self.variants)),
            _ => {}
        }
        let content = name.and_then(|name| members?.get(name));
        below(&self.value, Step::Member(name.unwrap_or_default()), content, seed)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Stop> {
        // The formats have no tuple variants.
        visitor.visit_unit()
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        // The formats have no struct variants.
        visitor.visit_unit()
    }
}
