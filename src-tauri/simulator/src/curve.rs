//! P-256 as a browser needs it that keeps one key for many messages: multiples of points. Slow and
//! not in constant time; nothing of a simulator is secret. Knows nothing of push.

use num_bigint::BigUint;

const P: &[u8] = b"ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
const B: &[u8] = b"5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b";
const X: &[u8] = b"6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
const Y: &[u8] = b"4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
/// Bytes of a coordinate.
const SIZE: usize = 32;

/// A point that is not at infinity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Point {
    x: BigUint,
    y: BigUint,
}

fn number(hex: &[u8]) -> BigUint {
    BigUint::parse_bytes(hex, 16).unwrap_or_default()
}

/// Coordinates, big-endian, as long as all are.
fn bytes(number: &BigUint) -> Vec<u8> {
    let short = number.to_bytes_be();
    let mut long = vec![0; SIZE.saturating_sub(short.len())];
    long.extend(short);
    long
}

impl Point {
    /// The point of which every public key is a multiple.
    pub(crate) fn base() -> Self {
        Self { x: number(X), y: number(Y) }
    }

    /// A point that is not compressed; `None` for what is none.
    pub(crate) fn read(encoded: &[u8]) -> Option<Self> {
        let (4, rest) = encoded.split_first().map(|(first, rest)| (*first, rest))? else {
            return None;
        };
        let (x, y) = rest.split_at_checked(SIZE).filter(|(_, y)| y.len() == SIZE)?;
        let (x, y) = (BigUint::from_bytes_be(x), BigUint::from_bytes_be(y));
        let p = number(P);
        // y² = x³ - 3x + b
        let right = (&x * &x * &x + &p * 3_u32 - (&x * 3_u32) % &p + number(B)) % &p;
        let lies = x < p && y < p && (&y * &y) % &p == right;
        lies.then_some(Self { x, y })
    }

    /// As it is sent: not compressed.
    pub(crate) fn encode(&self) -> Vec<u8> {
        [vec![4], bytes(&self.x), bytes(&self.y)].concat()
    }

    /// The coordinate that two sides agree on.
    pub(crate) fn x(&self) -> Vec<u8> {
        bytes(&self.x)
    }

    /// This point, so many times; `None`: infinity.
    pub(crate) fn times(&self, factor: &[u8]) -> Option<Self> {
        let p = number(P);
        let mut sum = None;
        for byte in factor {
            for bit in (0..8).rev() {
                sum = add(sum.clone(), sum, &p);
                if byte >> bit & 1 == 1 {
                    sum = add(sum, Some(self.clone()), &p);
                }
            }
        }
        sum
    }
}

/// The sum of two points; `None` is infinity.
fn add(one: Option<Point>, other: Option<Point>, p: &BigUint) -> Option<Point> {
    let (one, other) = match (one, other) {
        (Some(one), Some(other)) => (one, other),
        (one, other) => return one.or(other),
    };
    let minus = |from: &BigUint, what: &BigUint| (from + p - what % p) % p;
    let (rise, run) = if one == other {
        let rise = &one.x * &one.x * 3_u32;
        (minus(&rise, &BigUint::from(3_u32)), &one.y * 2_u32 % p)
    } else {
        (minus(&other.y, &one.y), minus(&other.x, &one.x))
    };
    // No inverse: the line is upright, and the third point infinity.
    let slope = rise * run.modinv(p)? % p;
    let x = minus(&minus(&(&slope * &slope), &one.x), &other.x);
    let y = minus(&(slope * minus(&one.x, &x)), &one.y);
    Some(Point { x, y })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_those_of_the_curve() {
        let base = Point::base();
        assert_eq!(Point::read(&base.encode()), Some(base.clone()));
        // 2 · G, of the curve's published multiples.
        let twice = base.times(&[2]).unwrap();
        assert_eq!(
            hex::encode(twice.x()),
            "7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978"
        );
        let order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
        assert_eq!(base.times(&hex::decode(order).unwrap()), None, "then it begins anew");
        assert_eq!(
            base.times(&[3, 7]).unwrap().times(&[9]),
            base.times(&[9]).unwrap().times(&[3, 7])
        );
        let mut bent = base.encode();
        bent[40] ^= 1;
        assert_eq!(Point::read(&bent), None);
        assert_eq!(Point::read(&bent[..64]), None);
    }
}
